import { expect, it } from 'vitest'
import { log } from '@/server/log'
import { createSourceStates } from './source-states'

/** States that are written to a database that is away while `away` is true. */
function statesOf() {
  const database = { away: false, written: [] as string[] }
  const states = createSourceStates({
    write: async (state, message) => {
      if (database.away) throw new Error('the database is away')
      database.written.push(message ? `${state}: ${message}` : state)
    },
    onChange: () => {},
    log: log.child({}, { level: 'silent' }),
  })
  return { states, database }
}

it('writes each state once', async () => {
  const { states, database } = statesOf()
  states.set({ state: 'running' })
  states.set({ state: 'running' })
  states.set({ state: 'retrying', error: new Error('Refused.'), retryInMs: 1_500 })
  await states.settled()
  expect(database.written).toEqual(['running', 'retrying: Refused. Next try in 2 s.'])
})

it('writes a state that came while the database was away as soon as it is told again', async () => {
  const { states, database } = statesOf()
  states.set({ state: 'retrying', error: new Error('Refused.'), retryInMs: 500 })
  await states.settled()
  database.away = true
  states.set({ state: 'running' })
  await states.settled()
  database.away = false
  states.set({ state: 'running' })
  await states.settled()
  expect(database.written.at(-1)).toBe('running')
})
