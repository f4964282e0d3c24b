import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDecoder } from './decode'
import { createJsonDecoder } from './decode-json'
import { isObservation, type Received } from './received'
import { createEncoder } from './test-encode'

const encode = createEncoder()
const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/hubble')

const plain = (received: Received) =>
  isObservation(received) ? { ...received, record: received.record?.() } : received

const linesOf = (name: string) =>
  readFileSync(join(shared, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

describe.skipIf(!existsSync(shared))('real captures (skipped: no ../shared/data/hubble)', () => {
  it.each(['http-348.jsonl', 'tcp-400.jsonl'])('%s reads the same as JSON and as protobuf', (name) => {
    const decoder = createDecoder('c1')
    const json = createJsonDecoder('c1')
    for (const line of linesOf(name)) {
      const fromBytes = plain(decoder.decode(encode(JSON.parse(line) as object)))
      const fromJson = plain(json.decode(line))
      expect({ ...fromBytes, key: 0n }).toEqual({ ...fromJson, key: 0n })
    }
  })
})
