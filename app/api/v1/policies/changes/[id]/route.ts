import { route } from '@/server/http'
import { policyChangeView } from '@/server/views/policy-change'

export const GET = route(policyChangeView)
