/** A step of the tour: something to do in the console itself, and how the address shows that it was done. */
export type TourStep = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly key?: string
  readonly isDone: (place: { readonly path: string; readonly search: URLSearchParams }) => boolean
}

/** At most four, in the order of a first look at something unwell. */
export const TOUR: readonly TourStep[] = [
  {
    id: 'look',
    title: 'Open something unwell',
    text: 'Press a mark on the map, or a service in the list: the panel says why.',
    isDone: ({ path, search }) => search.has('sel') || path.startsWith('/services/'),
  },
  {
    id: 'filter',
    title: 'Find or filter',
    text: 'Try health:failing or a name; the same words work on every page.',
    key: '/',
    isDone: ({ search }) => search.has('q'),
  },
  {
    id: 'time',
    title: 'Go back in time',
    text: 'Drag on the strip below the map, or step with the keys.',
    key: '[',
    isDone: ({ search }) => search.has('from'),
  },
  {
    id: 'flows',
    title: 'Read the very flows',
    text: 'Each record, with the policy that decided.',
    key: 'G F',
    isDone: ({ path }) => path === '/flows',
  },
]

/** What is kept in the browser: the ids of done steps, and whether the tour was put away. */
export type TourState = { readonly done: readonly string[]; readonly over: boolean }

/** The state after a look at where the viewer is; the same object where nothing changed. */
export function tourAt(state: TourState, place: Parameters<TourStep['isDone']>[0]): TourState {
  const news = TOUR.filter(({ id, isDone }) => !state.done.includes(id) && isDone(place)).map(({ id }) => id)
  return news.length === 0 ? state : { ...state, done: [...state.done, ...news] }
}

/** What another version kept is a fresh start. */
export function parseTour(text: string | null): TourState {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    if (typeof value !== 'object' || value === null) return fresh
    const done = 'done' in value && Array.isArray(value.done) ? value.done : []
    return {
      done: done.filter((id): id is string => typeof id === 'string'),
      over: 'over' in value && value.over === true,
    }
  } catch {
    return fresh
  }
}

const fresh: TourState = { done: [], over: false }
