import { changeView } from '@/server/changes/change-view'
import { deleteView } from '@/server/changes/delete-view'
import { changeRoute } from '@/server/http'

export const PUT = changeRoute(changeView)
export const DELETE = changeRoute(deleteView)
