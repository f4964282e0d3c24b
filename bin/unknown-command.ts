import { nearest } from '@/core/text/nearest'

/** What to say of arguments that begin with a command that there is not; null: they do not. */
export function unknownCommand(args: readonly string[], commands: readonly string[]): string | null {
  const [first = '-'] = args
  if (first.startsWith('-') || commands.includes(first)) return null
  const meant = nearest(first, commands)
  return [
    `There is no command “${first}”.${meant === null ? '' : ` Did you mean “oriel ${meant}”?`}`,
    `Commands: ${commands.join(', ')}.`,
    '“oriel --help” says what each does; without a command Oriel starts.',
  ].join('\n')
}
