import type { Command } from 'commander';
import { YuhengError } from './errors.ts';

/** `yuheng completion bash|zsh`: a script that completes sub-commands and their options. */
export async function printCompletion(shell: string, program: Command): Promise<number> {
  const script = SCRIPTS.get(shell);
  if (!script) {
    throw new YuhengError('YH-USAGE', {
      en: `There is a completion for bash and zsh, not for ${JSON.stringify(shell)}.`,
      'zh-CN': `只有 bash 和 zsh 的补全，没有 ${JSON.stringify(shell)} 的。`,
    });
  }
  process.stdout.write(script(wordsByCommand(program)));
  return 0;
}

type Words = ReadonlyMap<string, readonly string[]>;

/** `hunt` → its options; `''` → the sub-commands. */
function wordsByCommand(program: Command): Words {
  const words = new Map<string, string[]>([['', program.commands.map((command) => command.name())]]);
  for (const command of program.commands) {
    const options = command.options.flatMap((option) => (option.long ? [option.long] : []));
    words.set(command.name(), [...command.commands.map((sub) => sub.name()), ...options]);
  }
  return words;
}

function cases(words: Words): string {
  return [...words]
    .filter(([command]) => command !== '')
    .map(([command, options]) => `    ${command}) words="${options.join(' ')}" ;;`)
    .join('\n');
}

function bash(words: Words): string {
  return `# yuheng completion for bash: eval "$(yuheng completion bash)"
_yuheng() {
  local words="${words.get('')!.join(' ')}" current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "\${COMP_WORDS[1]}" in
${cases(words)}
    esac
  fi
  COMPREPLY=( $(compgen -W "$words" -- "$current") )
}
complete -o default -F _yuheng yuheng
`;
}

function zsh(words: Words): string {
  return `#compdef yuheng
# yuheng completion for zsh: eval "$(yuheng completion zsh)"
_yuheng() {
  local words="${words.get('')!.join(' ')}"
  local current="\${COMP_WORDS[2]:-}"
  if (( CURRENT > 2 )); then
    case "\${\${(z)BUFFER}[2]}" in
${cases(words)}
    esac
  fi
  compadd -- \${=words}
  _files
}
compdef _yuheng yuheng
`;
}

const SCRIPTS: ReadonlyMap<string, (words: Words) => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
]);
