import { changeRoute } from '@/server/http'
import { deleteLinks } from '@/server/changes/delete-links'

export const DELETE = changeRoute(deleteLinks)
