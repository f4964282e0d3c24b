import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Who noticed which mutant in earlier runs. */
export type KnownNoticers = {
  /** The test that notices this text of a file, unless that test changed since; null: not known. */
  readonly of: (file: string, text: string) => string | null
  readonly add: (file: string, text: string, by: string) => void
}

const schema = z.record(z.string(), z.object({ by: z.string(), test: z.string() }))

/** Kept in a file of their own; what survived is not kept. @param folder core/policy, where the tests are */
export function knownNoticers(path: string, folder: string): KnownNoticers {
  const known = readKnown(path)
  const testOf = (by: string) => hash(readFileSync(join(folder, by), 'utf8'))
  return {
    of: (file, text) => {
      const found = known[hash(`${file}\n${text}`)]
      return found && testOf(found.by) === found.test ? found.by : null
    },
    add: (file, text, by) => {
      known[hash(`${file}\n${text}`)] = { by, test: testOf(by) }
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, JSON.stringify(known))
    },
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

function readKnown(path: string): Record<string, { by: string; test: string }> {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
