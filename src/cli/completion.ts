import { Argument, type Command, type Option } from 'commander'
import { exportFormats } from '../export/formats.ts'
import { importFormats } from '../import/formats.ts'
import { exitHelp } from './base/exit.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/**
 * Adds `paperql completion`, which prints a script for all commands that `program` has when it runs. The scripts are static: those of
 * `omelette` and `@bomb.sh/tab` start the program at each press of Tab.
 */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands, options and formats in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Add one line to the start-up file of your shell:
  ~/.bashrc                   source <(paperql completion bash)
  ~/.zshrc                    source <(paperql completion zsh)     (after compinit)
  ~/.config/fish/config.fish  paperql completion fish | source
${exitHelp()}`,
    )
    .action((shell: Shell) => {
      process.stdout.write(SCRIPTS[shell](nodesOf(program)))
    })
}

interface Word {
  name: string
  description: string
}

interface Node {
  /** Such as `sync arxiv`; empty for `paperql` itself. */
  path: string
  /** Subcommands, or the values of the first argument. */
  words: Word[]
  options: Word[]
  /** Options with a fixed set of values. */
  choices: { option: string; values: readonly string[] }[]
}

/** Values of the first argument of commands, where commander does not know them. */
const FIRST_VALUES: Record<string, readonly Word[]> = {
  import: importFormats,
  export: exportFormats,
}

function nodesOf(command: Command, path = ''): Node[] {
  const commands = command.commands.filter((one) => one.name() !== 'help')
  const options = command.options.filter(({ hidden }) => !hidden)
  const nested = commands.flatMap((one) => nodesOf(one, `${path} ${one.name()}`.trim()))
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  const values = [
    ...commands.map((one) => ({ name: one.name(), description: one.description() })),
    ...choices.map((name) => ({ name, description: '' })),
    ...(FIRST_VALUES[path] ?? []),
  ]
  const help = { name: '--help', description: 'print this help' }
  const node: Node = {
    path,
    words: values.map(oneLine),
    options: [...options.map(wordOf), help].map(oneLine),
    choices: options.flatMap(({ long, argChoices }) =>
      long && argChoices ? [{ option: long, values: argChoices }] : [],
    ),
  }
  return [node, ...nested]
}

const wordOf = ({ long, short, description }: Option): Word => ({
  name: long ?? short ?? '',
  description,
})

/** Quotes would end the strings in the scripts. */
const oneLine = ({ name, description }: Word): Word => ({
  name,
  description: description.replaceAll("'", '’').replace(/["\\`$[\]]|\s+/g, ' '),
})

/**
 * Finds the command in the given words: `$at` is the command to complete, `$given` is 1 once it has an argument. In zsh, the name `$path`
 * would mean `$PATH`.
 */
const walk = (nodes: Node[], words: string) => `
  local at="" given="" word
  for word in "\${${words}[@]}"; do
    case "$at|$word" in
${nodes
  .filter(({ path }) => path !== '')
  .map(({ path }) => {
    const [name, ...parents] = path.split(' ').reverse()
    return `      "${parents.reverse().join(' ')}|${name}") at="${path}" ;;`
  })
  .join('\n')}
      *"|-"*) ;;
      *) given=1 ;;
    esac
  done`

function bash(nodes: Node[]): string {
  const namesOf = (words: Word[]) => words.map(({ name }) => name).join(' ')
  const cases = nodes.flatMap(({ path, words, options, choices }) => [
    ...choices.map(
      ({ option, values }) => `    "${path}|${option}") words="${values.join(' ')}" ;;`,
    ),
    `    "${path}|"*) words="${namesOf(words)}"; options="${namesOf(options)}" ;;`,
  ])
  return `# bash completion for paperql
_paperql() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" options=""
  local before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")${walk(nodes, 'before')}
  case "$at|$previous" in
${cases.join('\n')}
  esac
  if [[ "$current" == -* ]]; then words="$options"; elif [[ -n "$given" && -n "$options" ]]; then words=""; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _paperql paperql
`
}

function zsh(nodes: Node[]): string {
  const listOf = (words: Word[]) =>
    words
      .map(({ name, description }) => `'${name}:${description.replaceAll(':', '\\:')}'`)
      .join(' ')
  const cases = nodes.flatMap(({ path, words, options, choices }) => [
    ...choices.map(
      ({ option, values }) => `    "${path}|${option}") values=(${values.join(' ')}) ;;`,
    ),
    `    "${path}|"*) values=(${listOf(words)}); options=(${listOf(options)}) ;;`,
  ])
  return `#compdef paperql
# zsh completion for paperql
_paperql() {
  local -a values options before=("\${(@)words[2,CURRENT-1]}")
  local previous="\${words[CURRENT-1]}"${walk(nodes, 'before')}
  case "$at|$previous" in
${cases.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o option options
  elif [[ -n "$given" && -n "$options" ]] || (( ! \${#values} )); then
    _files
  else
    _describe value values
  fi
}
compdef _paperql paperql
`
}

function fish(nodes: Node[]): string {
  const lines = nodes.flatMap(({ path, words, options, choices }) => {
    const when = `-n '__paperql_at "${path}"'`
    const first = `-n '__paperql_at "${path}" first'`
    const choicesOf = (name: string) => choices.find(({ option }) => option === name)?.values
    return [
      ...words.map(
        ({ name, description }) =>
          `complete -c paperql ${first} -f -a '${name}' -d '${description}'`,
      ),
      ...options.map(({ name, description }) => {
        const values = choicesOf(name)
        const long = name.replace(/^--/, '')
        return `complete -c paperql ${when} -l '${long}'${values ? ` -x -a '${values.join(' ')}'` : ''} -d '${description}'`
      }),
    ]
  })
  const paths = nodes.map(({ path }) => path).filter((path) => path !== '')
  return `# fish completion for paperql
function __paperql_at
  set -l path ""
  set -l given 0
  for word in (commandline -opc)[2..-1]
    set -l next (string trim "$path $word")
    if contains -- "$next" ${paths.map((path) => `'${path}'`).join(' ')}
      set path "$next"
    else if not string match -q -- '-*' "$word"
      set given 1
    end
  end
  test "$path" = "$argv[1]"; and begin; test "$argv[2]" != first; or test $given = 0; end
end
${lines.join('\n')}
`
}

const SCRIPTS: Record<Shell, (nodes: Node[]) => string> = { bash, zsh, fish }
