import { ruleTranslations, titleIn, type Language, type Translations } from '@yuheng/engine';
import {
  isSameId,
  RulePlaces,
  type RuleSet,
  type SigmaCorrelation,
  type SigmaRule,
  type SigmaSource,
} from '@yuheng/sigma';
import { nearest } from '../check/nearest.ts';

/** A rule or correlation that can be asked about. */
export type Askable = SigmaRule | SigmaCorrelation;

/** What rules are called, and where they stand. */
export class Callings {
  readonly #all: readonly Askable[];
  readonly #translations: Translations;
  readonly #places: RulePlaces;

  constructor({ rules, correlations }: RuleSet, sources: readonly SigmaSource[]) {
    this.#all = [...rules.map(({ rule }) => rule), ...correlations.map(({ correlation }) => correlation)];
    this.#translations = ruleTranslations(sources);
    this.#places = new RulePlaces(sources);
  }

  /** Those of an id, else those of a name or title, in any language and case. */
  find(asked: string): readonly Askable[] {
    const byId = this.#all.filter(({ uid }) => isSameId(asked, uid));
    if (byId.length > 0) return byId;
    return this.#all.filter((rule) => this.#labels(rule).some((label) => isSameLabel(asked, label)));
  }

  /** The title in a language. */
  title({ uid, title }: Pick<Askable, 'uid' | 'title'>, language: Language): string {
    return titleIn(this.#translations, uid, title, language);
  }

  /** `"title" (id, file:line)`: what to choose from. */
  choice(rule: Askable, language: Language): string {
    return `"${this.title(rule, language)}" (${rule.uid}, ${this.#place(rule)})`;
  }

  /** A few that were probably meant: what is called so but for some letters, or holds all the words. */
  meant(asked: string): readonly Askable[] {
    const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
    const labelled = this.#all.flatMap((rule) => [rule.uid, ...this.#labels(rule)].map((label) => ({ rule, label })));
    const near = nearest(
      asked,
      labelled.map(({ label }) => label),
    );
    const meant = labelled.filter(
      ({ label }) => label === near || words.every((word) => label.toLowerCase().includes(word)),
    );
    return [
      ...new Set(meant.sort((a, b) => Number(b.label === near) - Number(a.label === near)).map(({ rule }) => rule)),
    ];
  }

  #labels({ uid, name, title }: Askable): readonly string[] {
    return [...(name === undefined ? [] : [name]), title, this.title({ uid, title }, 'zh-CN')];
  }

  #place(rule: Askable): string {
    const { file, id, title } = rule;
    // Of two that are written alike the line cannot be told.
    const isAlone = this.#all.every((each) => each === rule || each.file !== file || each.title !== title);
    const line = id !== undefined || isAlone ? this.#places.lineOf(rule, []) : undefined;
    return line === undefined ? file : `${file}:${line}`;
  }
}

/** Whether a name or title is what was asked for; typed by hand, so in any case. */
export function isSameLabel(asked: string, label: string | undefined): boolean {
  return label?.trim().toLowerCase() === asked.trim().toLowerCase();
}
