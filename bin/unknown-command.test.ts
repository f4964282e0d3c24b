import { describe, expect, it } from 'vitest'
import { unknownCommand } from './unknown-command'

const commands = ['start', 'login-link', 'token', 'help']

describe('a command that there is not', () => {
  it('is named, with those that there are and the nearest', () =>
    expect(unknownCommand(['login-lnk', '--port', '1'], commands)).toBe(
      'There is no command “login-lnk”. Did you mean “oriel login-link”?\nCommands: start, login-link, token, help.\n“oriel --help” says what each does; without a command Oriel starts.',
    ))

  it('has no nearest where it is like none', () =>
    expect(unknownCommand(['foo'], commands)).toMatch(/^There is no command “foo”\.\nCommands: start/))

  it.each([[[]], [['--demo']], [['token', 'foo']]])('is not %j', (args) =>
    expect(unknownCommand(args, commands)).toBeNull(),
  )
})
