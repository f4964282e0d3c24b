import { route } from '@/server/http'
import { policyDecisionView } from '@/server/views/policy-decision'

export const GET = route(policyDecisionView)
