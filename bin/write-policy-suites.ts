// Holds the policy engine against the third-party suites and writes the result into docs/policy-engine.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { foldersOf } from '@/core/policy/test-suites/suites'

const file = 'docs/policy-engine.md'
const rows = foldersOf().map(({ suite, folder }) => {
  if (!folder) return `| ${suite.name} | ${suite.about} | not at hand | |`
  const { agree, total } = suite.run(folder)
  return `| ${suite.name} | ${suite.about} | ${count(agree)} of ${count(total)} | ${suite.deviations ?? ''} |`
})
const table = ['| Suite | About | Agree | What differs |', '|---|---|---|---|', ...rows].join('\n')
const text = readFileSync(file, 'utf8')
const [start, end] = ['<!-- suites: begin -->', '<!-- suites: end -->']
const before = text.indexOf(start)
const after = text.indexOf(end)
if (before < 0 || after < before) throw new Error(`${file} has no place for the table`)
writeFileSync(file, `${text.slice(0, before + start.length)}\n\n${table}\n\n${text.slice(after)}`)
console.log(table)

function count(number: number): string {
  return number.toLocaleString('en-US')
}
