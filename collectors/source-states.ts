import type { Logger } from '@/server/log'
import type { SourceState } from '@/core/world'
import { toError } from '@/server/errors'
import type { RunState } from './run-source'

type Options = {
  readonly write: (state: SourceState, message: string) => Promise<void>
  /** Called whenever the state changes, written or not. */
  readonly onChange: (state: SourceState) => void
  readonly log: Logger
}

/** Writes states in their order, each once. One that could not be written is written when it is told again. */
export function createSourceStates({ write, onChange, log }: Options) {
  let last = ''
  let queue = Promise.resolve()
  return {
    set(next: RunState) {
      const message =
        next.state === 'retrying' ? `${next.error.message} Next try in ${Math.ceil(next.retryInMs / 1000)} s.` : ''
      const told = next.state + message
      if (last === told) return
      last = told
      onChange(next.state)
      log.info({ state: next.state, message }, 'source state')
      queue = queue
        .then(() => write(next.state, message))
        .catch((thrown: unknown) => {
          if (last === told) last = ''
          log.warn({ error: toError(thrown).message }, 'state not written')
        })
    },
    settled: () => queue,
  }
}
