import { route } from '@/server/http'
import { policyObjectView } from '@/server/views/policy-object'

export const GET = route(policyObjectView)
