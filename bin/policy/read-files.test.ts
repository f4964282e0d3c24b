import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { parseManifests } from './parse-manifests'
import { readFiles } from './read-files'
import { folderOf } from './testing'

const none = Readable.from([])
const object = (name: string) => JSON.stringify({ kind: 'Pod', metadata: { name } })
async function read(paths: readonly string[], input = none) {
  const { documents, problems } = parseManifests(await readFiles(paths, input))
  return {
    documents: documents.map(
      ({ file, document, value }) => `${file.split('/').slice(3).join('/')} ${document} ${JSON.stringify(value)}`,
    ),
    problems: problems.map(
      ({ file, document, reason }) => `${file.split('/').slice(3).join('/')} ${document} ${reason}`,
    ),
  }
}

test('folders are read by name with what is nested in them, without hidden and other files', async () => {
  const folder = folderOf({
    'b.yaml': 'a: 1\n---\n# nothing\n---\na: 2',
    'a/z.JSON': object('z'),
    'a/m.yml': 'a: &x {b: 1}\nc: {<<: *x}',
    '.git/c.yaml': 'a: 1',
    '.hidden.yaml': 'a: 1',
    'notes.txt': 'a: 1',
  })
  expect(await read([folder, join(folder, 'b.yaml')])).toEqual({
    documents: [
      'a/m.yml 1 {"a":{"b":1},"c":{"b":1}}',
      `a/z.JSON 1 ${object('z')}`,
      'b.yaml 1 {"a":1}',
      'b.yaml 2 null',
      'b.yaml 3 {"a":2}',
    ],
    problems: [],
  })
})

test('links are followed once, in a circle too', async () => {
  const folder = folderOf({ '..data/a.yaml': 'a: 1' })
  symlinkSync(join(folder, '..data/a.yaml'), join(folder, 'a.yaml'))
  mkdirSync(join(folder, 'b'))
  symlinkSync(folder, join(folder, 'b/again'))
  symlinkSync(join(folder, 'loop.yaml'), join(folder, 'loop.yaml'))
  expect(await read([folder])).toEqual({
    documents: ['a.yaml 1 {"a":1}'],
    problems: ['loop.yaml 0 is a link in a circle'],
  })
})

test('standard input is YAML or JSON by what it holds, and a file that is named is read whatever its name', async () => {
  const folder = folderOf({ 'named.txt': '{a: 1}' })
  expect(await read(['-', join(folder, 'named.txt')], Readable.from([Buffer.from(object('x'))]))).toEqual({
    documents: [` 1 ${object('x')}`, 'named.txt 1 {"a":1}'],
    problems: [],
  })
})

test('what cannot be read is told with its file and document', async () => {
  const folder = folderOf({
    'a.yaml': 'a: 1\n---\na: [1,\n---\nb: 1',
    'bomb.yaml': `a: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e', 'f']
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcde'[i]}`).join()}]`)
      .join('\n')}`,
    'deep.json': `${'{"a":['.repeat(300)}${']}'.repeat(300)}`,
    'deep.yaml': '['.repeat(100_000),
    'deeper.yaml': '- '.repeat(100_000),
    'tabs.json': '{"a": 1,}{',
  })
  writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
  writeFileSync(join(folder, 'huge.yaml'), '')
  truncateSync(join(folder, 'huge.yaml'), 65 * 2 ** 20)
  const { documents, problems } = await read([folder, folderOf({ 'notes.md': '' }), join(folder, 'gone.yaml')])
  expect(documents).toEqual(['a.yaml 1 {"a":1}', 'a.yaml 3 {"b":1}'])
  expect(problems).toEqual([
    expect.stringMatching(/^a\.yaml 2 .* line 4, column 1$/),
    'binary.yaml 0 is no UTF-8 text',
    'bomb.yaml 1 Excessive alias count indicates a resource exhaustion attack',
    'deep.json 0 is nested too deeply',
    'deep.yaml 0 is nested too deeply',
    'deeper.yaml 0 is nested too deeply',
    'huge.yaml 0 is larger than 64 MiB',
    expect.stringMatching(/^tabs\.json 1 /),
    expect.stringMatching(/ 0 holds no manifests \(\.yaml, \.yml or \.json\)$/),
    'gone.yaml 0 is not there',
  ])
})
