import { deleteLink } from '@/server/changes/delete-link'
import { changeRoute } from '@/server/http'

export const DELETE = changeRoute(deleteLink)
