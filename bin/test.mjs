// `npm test`: everything that CI checks, on a fresh machine too. Ends with the counts of all suites together.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { findBrowser, findEtcd, findPrometheus } from './test-tools.mjs'
import { installDependencies } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)
const reports = mkdtempSync(join(tmpdir(), 'oriel-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const unsteady = []
const only = process.argv.slice(2)

await installDependencies()
const tools = {
  ORIEL_CHROMIUM: await findBrowser(root),
  ORIEL_PROMETHEUS_BINARY: findPrometheus(root),
  NODE_ENV: 'test',
}
await findEtcd(root)

await check('prisma client', process.execPath, ['--import', 'tsx', 'bin/generate-client.ts'])
if (wanted('check')) {
  await check('types', bin('tsc'), ['--noEmit'])
  await check('lint', bin('oxlint'), ['--quiet'])
  await check('format', bin('oxfmt'), ['--check', '.'])
  await check('boundaries', process.execPath, ['bin/boundaries.cjs'])
}
if (wanted('unit'))
  await suite(
    'unit',
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/unit.json`],
    countVitest,
  )
// A browser on a machine that stalls misses a moment: one more try, and at the end it is said whom it helped.
if (wanted('e2e'))
  await suite('e2e', bin('playwright'), ['test', '--retries=1'], countPlaywright, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/e2e.json`,
  })

rmSync(reports, { recursive: true, force: true })
if (unsteady.length > 0) console.log(`\nPassed only when tried again, to be mended:\n${list(unsteady)}`)
if (failures.length > 0) console.log(`\nFailed:\n${list(failures)}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed > 0 ? 1 : 0)

function list(names) {
  return names.map((name) => `  ${name}`).join('\n')
}

function wanted(part) {
  return only.length === 0 || only.includes(part)
}

async function check(name, command, args) {
  console.log(`\n— ${name}`)
  if ((await run(command, args)) === 0) total.passed++
  else failed(name)
}

/** Runs a suite that writes `<name>.json`; one that ends badly without a failed test counts as a failure. */
async function suite(name, command, args, count, variables = {}) {
  console.log(`\n— ${name}`)
  const code = await run(command, args, variables)
  const file = join(reports, `${name}.json`)
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 }
  for (const key of Object.keys(total)) total[key] += counts[key]
  failures.push(...(counts.names ?? []))
  unsteady.push(...(counts.unsteady ?? []))
  if (code !== 0 && counts.failed === 0) failed(`${name}: ended with ${code}`)
}

function failed(name) {
  total.failed++
  failures.push(name)
}

function countVitest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    names: report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${relative(root, name)} ${fullName}${reason(failureMessages[0])}`),
    ),
  }
}

function countPlaywright({ stats, suites }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    names: suites.flatMap((suite) => specsThat('unexpected', suite)),
    unsteady: suites.flatMap((suite) => specsThat('flaky', suite)),
  }
}

function specsThat(end, { specs, suites = [] }) {
  const said = ({ tests }) => tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []))[0]
  return [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === end))
      .map((spec) => `e2e/${spec.file} ${spec.title}${reason(said(spec))}`),
    ...suites.flatMap((suite) => specsThat(end, suite)),
  ]
}

/** What a failed test said, for a log of which only the end is kept. */
function reason(message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^ +at /.test(line))
  return lines
    .slice(0, 12)
    .map((line) => `\n      ${line.slice(0, 400)}`)
    .join('')
}

function run(command, args, variables = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...tools, ...variables },
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve((console.error(error.message), 1)))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
