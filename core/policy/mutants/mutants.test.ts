import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { mutants } from './all'
import { flipped } from './mutant'

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url))
const files = Object.values(mutants).flat()

describe('mutants', () => {
  test.each(files.map((one) => [one.file, one] as const))('of %s still apply', (file, { flips, tests }) => {
    const text = readFileSync(pathOf(file), 'utf8')
    for (const flip of flips) expect(flipped(file, text, flip)).not.toBe(text)
    for (const one of tests) expect([one, existsSync(pathOf(one))]).toEqual([one, true])
    expect(new Set(flips.map(({ rule }) => rule)).size).toBe(flips.length)
  })

  test('there are enough of every area', () => {
    for (const [area, own] of Object.entries(mutants))
      expect([area, own.flatMap(({ flips }) => flips).length >= 15]).toEqual([area, true])
  })
})
