import { describe, expect, it } from 'vitest'
import { teamsSchema } from './env-teams'

const problems = (...teams: object[]) =>
  (teamsSchema.safeParse(teams).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)

const named = (name: string) => ({ name, namespaces: ['shop'] })

describe('teams of the file', () => {
  it('may have namespaces by name or by selector, and one namespace together', () =>
    expect(problems(named('payments'), named('edge'), { name: 'core', selector: 'tier=core' })).toEqual([]))

  it('may not be two of one name', () =>
    expect(problems(named('edge'), named('pay'), named('pay'))).toEqual([
      '2.name: teams.1 is called “pay” too; make one team of both, or give this one another name',
    ]))

  it.each([
    ['in another case', 'Pay'],
    ['with letters of another script', 'рау'],
    ['with a blank at its end', 'pay '],
  ])('may not look alike: %s', (_, other) =>
    expect(problems(named('pay'), named(other))).toEqual([
      `1.name: “${other}” looks like “pay”, the name of teams.0; give this one another name`,
    ]),
  )

  it('may not mix scripts, nor have a name that is not seen', () =>
    expect(problems(named('p\u0430y'), named('\u200b'))).toEqual([
      expect.stringMatching(/^0\.name: write letters of one script/),
      '1.name: write a name that can be seen',
    ]))

  it('may not be without namespaces, which nobody would be told', () =>
    expect(problems({ name: 'pay', viewers: ['pay-all'] })).toEqual([
      expect.stringMatching(/^0\.namespaces: team pay has no namespace.*write a selector, or take the team out$/),
    ]))
})
