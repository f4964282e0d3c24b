import type { AnyChange } from '@/server/change'
import { deleteLink } from './delete-link'
import { makeLink } from './make-link'

/** Everything that callers change through the API: the table of contents of server/changes, for OpenAPI and tests. */
export const changes: readonly AnyChange[] = [deleteLink, makeLink]
