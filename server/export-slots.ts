import { AppError } from './errors'
import { processWide } from './process-wide'

/** Exports at a time in one process; each holds one connection now and then. */
const maxRunning = 4
/** Of those, of one person, so that nobody keeps all others from theirs. */
const maxOwn = 2

/**
 * Takes a place for a file that is written while it is read; the returned function gives it back, once. Throws AppError:
 * `too_many` for somebody who writes as many as one may, `unavailable` where all places are taken.
 */
export function takeExportSlot(what: string, account: number): () => void {
  const running = processWide(`exports of ${what}`, () => new Map<symbol, number>())
  const own = [...running.values()].filter((one) => one === account).length
  if (own >= maxOwn)
    throw new AppError('too_many', `You have ${maxOwn} exports under way. Try again when one of them is done.`)
  if (running.size >= maxRunning)
    throw new AppError('unavailable', `${maxRunning} exports are being written. Try again when one of them is done.`)
  const slot = Symbol('export')
  running.set(slot, account)
  return () => void running.delete(slot)
}
