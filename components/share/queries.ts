import { queryOptions } from '@tanstack/react-query'
import type { LinksAnswer, OpenedLink } from '@/core/links/link'
import { getJson } from '../api'
import { keepPlaces } from '../map/remembered'

/** Shared links, for their page and the dialog. */
export const linksQuery = () =>
  queryOptions({
    queryKey: ['links'],
    queryFn: ({ signal }) => getJson<LinksAnswer>('links', {}, signal),
    staleTime: 0,
  })

/** What the address of a frozen view says about itself. */
export const openedLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['opened-link', token],
    queryFn: async ({ signal }) => {
      const link = await getJson<OpenedLink>(`links/by-token/${encodeURIComponent(token)}`, {}, signal)
      // Before the map asks where its nodes lie.
      keepPlaces(token, link.places ?? {})
      return link
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
