import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../api'
import { useAnnounce } from '../ui/announcer'

type Options<I, A> = {
  readonly run: (input: I) => Promise<A>
  /** Said when it is done. */
  readonly done: (answer: A, input: I) => string
  /** Questions whose answers are others then, by the first part of their keys. */
  readonly forget: readonly string[]
  readonly after?: (answer: A) => void
}

/** Changes something through the API, says so, and asks again for what it changed. `problem`: why it was not done. */
export function useChange<I, A>({ run, done, forget, after }: Options<I, A>) {
  const client = useQueryClient()
  const announce = useAnnounce()
  const askAgain = () => Promise.all(forget.map((key) => client.invalidateQueries({ queryKey: [key] })))
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: run,
    onSuccess: async (answer, input) => {
      announce(done(answer, input))
      await askAgain()
      after?.(answer)
    },
    // Somebody else may have been first.
    onError: askAgain,
  })
  const problem = error === null ? null : error instanceof ApiError ? error.message : 'It could not be done. Try again.'
  return { change: mutate, busy: isPending, problem, reset }
}
