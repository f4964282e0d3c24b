import pino from 'pino'
import { expect, it } from 'vitest'
import { hostileTexts, textsIn, unseen } from '@/core/test-hostile'
import { fieldsWithoutSecrets, visibleLine } from './log'

it('a line is JSON that a terminal shows as it is, whatever it says', () => {
  const lines: string[] = []
  const to = pino({ level: 'info' }, { write: (line: string) => void lines.push(visibleLine(line)) })
  for (const text of Object.values(hostileTexts)) to.error({ name: text, [text]: 1 }, text)
  for (const [i, text] of Object.values(hostileTexts).entries()) {
    const line = lines[i] ?? ''
    expect(line.slice(0, -1)).not.toMatch(unseen)
    expect(line.endsWith('\n')).toBe(true)
    // Lone surrogates are no text; all else comes back as it was.
    const told = [...textsIn(JSON.parse(line))].map(([, inner]) => inner)
    if (!/\p{Cs}/u.test(text)) expect(told).toContain(text)
  }
})

it('a field tells no password of an address, whatever threw it', () => {
  const error = new Error('connect failed: postgres://oriel:hunter2@db.example/oriel').stack ?? ''
  expect(JSON.stringify(fieldsWithoutSecrets({ error, took: 3 }))).not.toContain('hunter2')
  expect(fieldsWithoutSecrets({ took: 3, view: 'map' })).toEqual({ took: 3, view: 'map' })
})
