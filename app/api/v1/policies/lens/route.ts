import { route } from '@/server/http'
import { policyLensView } from '@/server/views/policy-lens'

export const GET = route(policyLensView)
