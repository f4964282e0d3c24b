import { createToken } from '@/server/changes/create-token'
import { changeRoute, route } from '@/server/http'
import { tokensView } from '@/server/views/tokens'

export const GET = route(tokensView)
export const POST = changeRoute(createToken)
