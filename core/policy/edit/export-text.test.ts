import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { fileNameOf, kubectlLine, patchOf } from './export-text'

const folder = mkdtempSync(join(tmpdir(), 'export-'))
afterAll(() => rmSync(folder, { recursive: true }))

const texts = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c: 1', '', '- x'), { maxLength: 30 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''))

test('a patch makes one text of the other, as git reads it', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const patch = patchOf('p.yaml', before, after)
      if (before === after || before === '' || after === '') return
      writeFileSync(join(folder, 'p.yaml'), before)
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
      expect(readFileSync(join(folder, 'p.yaml'), 'utf8')).toBe(after)
    }),
    { numRuns: 25 },
  )
})

test('a new file, one that goes, and one that stays', () => {
  expect(patchOf('a.yaml', '', 'x\n')).toBe('--- /dev/null\n+++ b/a.yaml\n@@ -0,0 +1,1 @@\n+x\n')
  expect(patchOf('a.yaml', 'x\n', '')).toBe('--- a/a.yaml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n')
  expect(patchOf('a.yaml', 'x\n', 'x\n')).toBe('')
})

test('the command hands the text on as it is', () => {
  const text = "a: '$(rm -rf /) `x` \\n'\nEOF\nEOF_\n"
  const command = kubectlLine(text, 'oriel; echo')
  expect(command.split('\n')[0]).toBe("kubectl apply --server-side --field-manager=oriel--echo -f - <<'EOF__'")
  const shell = command.replace(/^kubectl [^<]*/, 'cat ')
  expect(execFileSync('sh', { input: shell, encoding: 'utf8' })).toBe(text)
})

test('names of files', () => {
  expect(fileNameOf({ group: '', kind: 'NetworkPolicy', namespace: 'shop', name: 'db' })).toBe(
    'shop-db-networkpolicy.yaml',
  )
  expect(fileNameOf({ group: '', kind: 'X', namespace: null, name: '../a b' })).toBe('..-a-b-x.yaml')
})
