// Flips one rule of the policy engine at a time, shows which test notices it, and writes the result into
// docs/policy-engine.md. Works on a copy. With arguments: only mutants whose file has one of them in its name, and
// nothing is written. What a test noticed before is not tried again while that test and the file are as they were;
// without .oriel/mutants.json everything is. --minutes=N begins no more after that time; the rest is told as not tried.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { mutants } from '@/core/policy/mutants/all'
import { type Flip, flipped, type FlippedFile } from '@/core/policy/mutants/mutant'
import { type MutantResult, mutantTable } from './mutants/table'
import { type Noticer, noticer } from './mutants/noticer'
import { knownNoticers } from './mutants/known'

/** What runs where the tests of a mutant notice nothing: the third-party suites. */
const atLast = ['suites.test.ts']

const folder = 'core/policy'
const minutes = process.argv.map((word) => /^--minutes=(\d+)$/.exec(word)?.[1]).find(Boolean)
const until = performance.now() + Number(minutes ?? Number.POSITIVE_INFINITY) * 60_000
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const copy = mkdtempSync(join(tmpdir(), 'oriel-mutants-'))
const known = knownNoticers('.oriel/mutants.json', join(copy, folder))
const passing = new Set<string>()
process.env.ORIEL_SHARED ??= resolve('../shared')
try {
  cpSync('core', join(copy, 'core'), { recursive: true })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  const results = await tryAll()
  const problems = results.filter(({ flip, by, tried }) => tried && (by === null) !== (flip.unnoticed !== undefined))
  for (const { file, flip, by } of problems)
    console.log(
      by === null ? `NOT NOTICED ${file}: ${flip.rule}` : `NOTICED after all, by ${by}: ${file}: ${flip.rule}`,
    )
  if (words.length === 0) writeTable(mutantTable(results))
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exit()

async function tryAll(): Promise<readonly MutantResult[]> {
  const all = Object.entries(mutants).flatMap(([area, files]) =>
    files
      .filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)))
      .flatMap((one) => one.flips.map((flip) => ({ area, one, flip, text: mutantText(one.file, flip) }))),
  )
  const anew = all.filter(({ one, text }) => known.of(one.file, text) === null)
  console.log(`${all.length} mutants, of which ${all.length - anew.length} were noticed by tests that are as they were`)
  const tests = await noticer(copy)
  const found = new Map<Flip, string | null>()
  // The first of each file before the second of any, so that little time says something of everything.
  for (const { one, flip, text } of anew.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    if (performance.now() > until) break
    await checkPassing(one.tests, tests)
    const by = await withText(one, text, tests)
    console.log(`${by === null ? 'survived' : `noticed by ${by}`} ${one.file}: ${flip.rule}`)
    if (by !== null) known.add(one.file, text, by)
    found.set(flip, by)
  }
  await tests.close()
  return all.map(({ area, one, flip, text }) => {
    const by = found.get(flip)
    return { area, file: one.file, flip, by: by === undefined ? known.of(one.file, text) : by, tried: by !== undefined }
  })
}

function placeOf({ one, flip }: { readonly one: FlippedFile; readonly flip: Flip }): number {
  return one.flips.indexOf(flip)
}

/** Without a mutant they must pass, or they notice nothing. */
async function checkPassing(files: readonly string[], tests: Noticer): Promise<void> {
  const anew = files.filter((file) => !passing.has(file))
  const failing = anew.length > 0 ? await tests.firstFailing(anew) : null
  if (failing !== null) throw new Error(`without any mutant ${failing} fails`)
  for (const file of anew) passing.add(file)
}

function mutantText(file: string, flip: Flip): string {
  return flipped(file, readFileSync(join(copy, folder, file), 'utf8'), flip)
}

async function withText({ file, tests: own }: FlippedFile, text: string, tests: Noticer): Promise<string | null> {
  const path = join(copy, folder, file)
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, text)
  tests.changed(path)
  try {
    return (await tests.firstFailing(own)) ?? (await tests.firstFailing(atLast))
  } finally {
    writeFileSync(path, before)
    tests.changed(path)
  }
}

function writeTable(table: string): void {
  const file = 'docs/policy-engine.md'
  const text = readFileSync(file, 'utf8')
  const [start, end] = ['<!-- mutants: begin -->', '<!-- mutants: end -->']
  const before = text.indexOf(start)
  const after = text.indexOf(end)
  if (before < 0 || after < before) throw new Error(`${file} has no place for the table`)
  writeFileSync(file, `${text.slice(0, before + start.length)}\n\n${table}\n\n${text.slice(after)}`)
}
