import { AsyncLocalStorage } from 'node:async_hooks'
import { everything, type Scope, scopeKey } from '@/core/scope'
import { processWide } from './process-wide'

const walls = () => processWide('wall', () => new AsyncLocalStorage<Scope>())

/** Runs a load with the second wall around it: `database()` gives rows of this scope only, whatever the load asks for. */
export const withScope = <T>(scope: Scope, load: () => Promise<T>): Promise<T> => walls().run(scope, load)

/** What the wall lets through here; everything where there is none. */
export const wallScope = (): Scope => walls().getStore() ?? everything

/** One string per wall. What is kept in memory has it in its key, so that it stays behind the wall that it was loaded behind. */
export const wallKey = (): string => scopeKey(wallScope())

/**
 * Reads past the wall what only makes sense as a whole, or is kept once for all viewers. `seen` makes of it what the
 * scope of the wall may see; it is called outside of every cache. docs/architecture.md lists the callers, each with its why.
 */
export async function pastTheWall<T, R>(read: () => Promise<T>, seen: (whole: T, wall: Scope) => R): Promise<R> {
  return seen(await walls().run(everything, read), wallScope())
}
