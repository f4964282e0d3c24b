import type { QueryClient } from '@tanstack/react-query'
import type { KeepFor, Places } from '@/core/links/link'
import type { Window } from '@/core/time'
import { sendJson } from '../api'
import { drawnMap } from '../map/scene/drawn'
import type { ViewParams } from '../view-query'
import { nearbyQuestions } from './nearby'
import { shownQuestions } from './questions'
import { placeNow } from './place-now'

/** What the server says of a link that it made. */
export type MadeLink = {
  readonly id: number
  readonly token: string
  readonly expiresAt: number | null
  readonly bytes: number
  readonly leftOut: number
}

type Wish = { readonly title: string; readonly keepFor: KeepFor }

/** More places would not fit into one request; the map is then laid out anew. */
const maxPlaces = 8_000

/** A link to what the page shows then; standing still where a window is given. Throws ApiError. */
export const makeLiveLink = (wish: Wish, pinned: Window | null): Promise<MadeLink> =>
  sendJson<MadeLink>('POST', 'links', { ...wish, path: placeNow(pinned) })

/** A link to the page as it is now, with the answers that it shows and those one click away. Throws ApiError. */
export async function makeFrozenLink(
  wish: Wish,
  client: QueryClient,
  params: ViewParams,
  window: Window,
): Promise<MadeLink> {
  const shown = await shownQuestions(client, window)
  const nearby = await nearbyQuestions(client, params, window, shown)
  return sendJson<MadeLink>('POST', 'links', {
    ...wish,
    path: placeNow(null),
    frozen: { from: window.from, to: window.to, shown, nearby, places: placesNow() },
  })
}

function placesNow(): Places | undefined {
  const nodes = drawnMap()?.scene.nodes ?? []
  if (nodes.length === 0 || nodes.length > maxPlaces) return undefined
  return Object.fromEntries(nodes.map(({ id, x, y }) => [id, [Math.round(x), Math.round(y)]]))
}

/** The address of a link, to be passed on. */
export const addressOf = (token: string): string => `${location.origin}/l/${token}`
