import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { root } from './build'
import { startChild } from './child'

/** A child that runs this program. */
function childOf(program: string, onExit: (name: string, code: number | null) => void = () => {}) {
  const dir = mkdtempSync(join(tmpdir(), 'oriel-child-'))
  writeFileSync(join(dir, 'program.mjs'), program)
  const file = relative(root, join(dir, 'program.mjs'))
  return { dir, child: startChild({ name: 'reader', file, logDir: dir, onExit }) }
}

describe('a child process', () => {
  it('that ends before it is ready is told with its last words', async () => {
    const { dir, child } = childOf("console.error('Port 9 is taken.'); process.exitCode = 3")
    await expect(child.ready).rejects.toThrow(/^The reader ended with code 3\. Port 9 is taken\.\nIts log is /)
    expect(readFileSync(join(dir, 'reader.log'), 'utf8')).toContain('Port 9 is taken.')
  })

  it('that ends again when it was started again takes nobody with it', async () => {
    // Its readiness is nobody's: a rejection that nobody handles would end this process.
    const code = await new Promise((ended) => childOf('process.exit(2)', (_, code) => ended(code)))
    await sleep(0)
    expect(code).toBe(2)
  })
})
