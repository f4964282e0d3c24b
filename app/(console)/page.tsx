import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { MapPage } from '@/components/map/map-page'
import { ownPlacesCookie } from '@/components/map/layout/own-places'
import { pageAsker, pageScope } from '@/server/views/page-scope'
import { landingPath } from '@/server/views/saved-views'
import { firstPicture } from './first-picture'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The map; Oriel opened by its bare address leads to the pinned view. Links within the console load no document and stay. */
export default async function Page({ searchParams }: Props) {
  const [search, head, cookie] = await Promise.all([searchParams, headers(), cookies()])
  const bare = Object.keys(search).length === 0 && head.get('sec-fetch-dest') === 'document'
  if (!bare) return <MapPage picture={null} />
  const asker = await pageAsker(head)
  const path = await landingPath(asker)
  if (path !== null && path !== '/') redirect(path)
  // Nodes that lie elsewhere in this browser would jump.
  return <MapPage picture={cookie.has(ownPlacesCookie) ? null : firstPicture(pageScope(asker))} />
}
