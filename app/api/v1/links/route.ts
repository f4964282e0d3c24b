import { makeLink } from '@/server/changes/make-link'
import { changeRoute, route } from '@/server/http'
import { linksView } from '@/server/views/links'

export const GET = route(linksView)
export const POST = changeRoute(makeLink)
