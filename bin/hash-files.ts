import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Twelve characters that change with any file below the inputs (paths relative to `root`), tests and `without` left out. */
export function hashOf(root: string, inputs: readonly string[], without = ''): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesBelow(root, input))) {
    if (isTest(file) || (without && file.startsWith(without))) continue
    hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file)

function filesBelow(root: string, path: string): string[] {
  const whole = join(root, path)
  if (!existsSync(whole)) return []
  if (!statSync(whole).isDirectory()) return [path]
  return readdirSync(whole)
    .sort()
    .flatMap((name) => filesBelow(root, join(path, name)))
}
