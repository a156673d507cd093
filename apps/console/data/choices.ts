/** Something that the palette can do. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  /** What stands beside the name. */
  readonly note?: React.ReactNode;
  readonly run: () => void;
}

/** Choices of one kind. */
export interface ChoiceGroup {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** The groups with the choices whose names hold the text, in any case; empty groups go. */
export function choose(groups: readonly ChoiceGroup[], text: string): ChoiceGroup[] {
  const wanted = text.trim().toLowerCase();
  return groups
    .map(({ title, choices }) => ({
      title,
      choices: choices.filter(({ name }) => name.toLowerCase().includes(wanted)),
    }))
    .filter(({ choices }) => choices.length > 0);
}
