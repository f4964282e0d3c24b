import type { AnyChange } from '@/server/change'
import { changeView } from './change-view'
import { deleteLink } from './delete-link'
import { deleteView } from './delete-view'
import { makeLink } from './make-link'
import { saveView } from './save-view'

/** Everything that callers change through the API: the table of contents of server/changes, for OpenAPI and tests. */
export const changes: readonly AnyChange[] = [changeView, deleteLink, deleteView, makeLink, saveView]
