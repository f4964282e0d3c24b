import { respond } from '@/server/http'
import { openapi } from '@/server/openapi'
import { changes } from '@/server/changes/all'
import { streams, views } from '@/server/views/all'

export const GET = (request: Request) =>
  respond('openapi', request, async () => Response.json(openapi(views, changes, streams)))
