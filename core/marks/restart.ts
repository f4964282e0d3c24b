import type { Endpoint } from '../endpoint'

/** The newest end of a container that was, or is about to be, started again. */
export type ContainerEnd = {
  readonly container: string
  /** When it ended as its kubelet says, milliseconds. */
  readonly at: number
  /** Which restart of the container this end led to, from 1. */
  readonly count: number
  /** The container runtime's word: OOMKilled, Error, Completed; '' where it says none. */
  readonly reason: string
  readonly exitCode: number | null
}

/** An end of a container with whose it is. */
export type Restart = ContainerEnd & { readonly workload: Endpoint; readonly pod: string; readonly uid: string }

/** Restarts of one container as of a window's end. */
export type ContainerRestarts = ContainerEnd & {
  readonly uid: string
  /** How many it had had when the window began. */
  readonly before: number
}

/** Restarts of a workload's containers for one reason in one step of a time axis. `at`: the first. */
export type RestartStep = {
  readonly workload: Endpoint
  readonly reason: string
  readonly at: number
  readonly restarts: number
}

/** `OOMKilled`, `Error (exit code 2)`; the exit code alone where no reason is given. */
export function reasonWords({ reason, exitCode }: Pick<ContainerEnd, 'reason' | 'exitCode'>): string {
  const code = exitCode === null || exitCode === 0 || reason === 'OOMKilled' ? '' : `exit code ${exitCode}`
  if (reason === '') return code || 'no reason given'
  return code ? `${reason} (${code})` : reason
}
