import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError, toError } from '@/server/errors'

/** Makes the state folder. Throws AppError('invalid') with what to do where it cannot be made or written to. */
export function makeStateDir(path: string): void {
  try {
    make(path)
    accessSync(path, constants.W_OK)
  } catch (thrown) {
    throw new AppError(
      'invalid',
      `The state folder ${path} cannot be used (${toError(thrown).message}). Choose another with --state-dir.`,
    )
  }
}

/** One folder after the other: Node's own recursive mkdir never ends where a parent exists but takes no folders (/proc). */
function make(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error('it is a file')
    return
  }
  make(dirname(path))
  mkdirSync(path)
}
