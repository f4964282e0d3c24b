import { type ChildProcess, fork } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/server/errors'
import { root } from './build'

export type Child = {
  readonly name: string
  /** Resolves with the first message of the child; rejects with its last words when it ends before. Need not be awaited. */
  readonly ready: Promise<unknown>
  /** Asks it to end, and makes it after `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

export type ChildOptions = {
  readonly name: string
  /** File below the project's folder. */
  readonly file: string
  readonly args?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  readonly logDir: string
  /** Called when it ends without having been asked to. */
  readonly onExit: (name: string, code: number | null) => void
}

/**
 * Starts a role as its own process, logging to `<logDir>/<name>.log`. It has a process group of its
 * own, so that the terminal's Ctrl-C reaches only the parent, which ends its children in order; a
 * child ends by itself when its parent dies.
 */
export function startChild(options: ChildOptions): Child {
  const { name, file, logDir } = options
  mkdirSync(logDir, { recursive: true })
  const logFile = createWriteStream(join(logDir, `${name}.log`), { flags: 'w' })
  const child = fork(join(root, file), [...(options.args ?? [])], {
    cwd: root,
    // A ceiling far above what they need: V8 lets the heap grow with the ceiling, not with the need.
    execArgv: ['--max-old-space-size=512'],
    env: { ...process.env, NODE_ENV: 'production', ...options.variables, ORIEL_LOG: logLevel },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  child.stdout?.pipe(logFile)
  child.stderr?.pipe(logFile)
  let lastWords = ''
  child.stderr?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let stopping = false
  void exited.then((code) => stopping || options.onExit(name, code))
  const ready = Promise.race([
    firstMessage(child),
    exited.then(async (code) => {
      // What it said may still be on its way.
      await closed
      const log = `Its log is ${join(logDir, name)}.log.`
      throw new AppError('unavailable', `The ${name} ended with code ${code}. ${lastWords.trim()}\n${log}`)
    }),
  ])
  ready.catch(() => {})
  return {
    name,
    ready,
    async stop(graceMs = 10_000) {
      stopping = true
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await exited
      clearTimeout(timer)
    },
  }
}

const logLevel = process.env.ORIEL_LOG === 'warn' ? 'info' : (process.env.ORIEL_LOG ?? 'info')

const firstMessage = (child: ChildProcess) => new Promise<unknown>((resolve) => child.once('message', resolve))
