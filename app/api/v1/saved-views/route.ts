import { saveView } from '@/server/changes/save-view'
import { changeRoute, route } from '@/server/http'
import { savedViewsView } from '@/server/views/saved-views'

export const GET = route(savedViewsView)
export const POST = changeRoute(saveView)
