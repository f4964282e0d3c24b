import type { LiveState } from '../live'
import type { Status } from '../status-mark'

export type LiveWords = { readonly status: Status; readonly word: string; readonly say: string }

const words: Readonly<Record<LiveState, LiveWords>> = {
  connecting: { status: 'unknown', word: 'Connecting', say: 'Waiting for the first event of the live stream.' },
  live: { status: 'ok', word: 'Live', say: 'The page follows new data.' },
  lost: {
    status: 'warn',
    word: 'Reconnecting',
    say: 'The live stream broke; it is tried again by itself. What is shown gets old meanwhile.',
  },
  hidden: { status: 'unknown', word: 'Asleep', say: 'The tab is hidden.' },
}

const ended: LiveWords = {
  status: 'unknown',
  word: 'Not logged in',
  say: 'Your session has ended, so nothing new comes until you log in again.',
}

/** How the live stream is doing. */
export const liveWords = (state: LiveState, isEnded: boolean): LiveWords => (isEnded ? ended : words[state])

/** The same of a list that follows it: what it does now. */
export const followWords = (state: LiveState, isEnded: boolean): string =>
  isEnded
    ? 'Follows nothing: your session has ended'
    : state === 'lost'
      ? 'Waits for the live stream to come back'
      : 'Follows new flows'
