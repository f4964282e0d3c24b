import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { maxLine, readLines } from './lines'

const text = '{"name":"café"}\r\n\n{"b":2}'
const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')

async function linesOf(...chunks: Uint8Array[]) {
  const stream = (async function* () {
    yield* chunks
  })()
  const lines: (string | null)[] = []
  for await (const line of readLines(stream)) lines.push(line)
  return lines
}

it.each<[string, Uint8Array[]]>([
  ['plain', [Buffer.from(text)]],
  ['in single bytes', [...Buffer.from(text)].map((byte) => Buffer.from([byte]))],
  ['gzip', [gzipSync(text)]],
  ['gzip of several members', [gzipSync(text.slice(0, 5)), gzipSync(text.slice(5))]],
  ['UTF-8 with its mark', [Buffer.from(`\ufeff${text}`)]],
  ['UTF-16 as PowerShell writes it', [utf16]],
  ['UTF-16 cut within letters', [utf16.subarray(0, 3), utf16.subarray(3, 22), utf16.subarray(22)]],
])('reads lines %s', async (_, chunks) => expect(await linesOf(...chunks)).toEqual(['{"name":"café"}', '{"b":2}']))

it('passes over a line that is too long', async () =>
  expect(await linesOf(Buffer.from(`a\n${'x'.repeat(maxLine + 1)}\nb`))).toEqual(['a', null, 'b']))
