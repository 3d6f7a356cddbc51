/** Written by `npm run contract` from docs/openapi.json; whoever edits it edits in vain. */

export interface paths {
  '/agreements/{id}': {
    get: operations['read-agreement'];
  };
  '/agreements/{id}/accounts': {
    post: operations['tell-agreement'];
  };
  '/audit/{person}/{date}': {
    get: operations['read-person-audit'];
  };
  '/cases': {
    get: operations['list-cases'];
  };
  '/cases/{id}': {
    get: operations['read-case'];
  };
  '/cases/{id}/agenda': {
    get: operations['read-agenda'];
  };
  '/cases/{id}/audit': {
    get: operations['read-case-audit'];
  };
  '/cases/{id}/break-glass': {
    post: operations['break-glass'];
  };
  '/cases/{id}/check-ins/refusals': {
    post: operations['decline-check-ins'];
  };
  '/cases/{id}/contests': {
    post: operations['contest-decision'];
  };
  '/cases/{id}/danger-note': {
    get: operations['read-danger-note'];
  };
  '/cases/{id}/event-withdrawals': {
    post: operations['withdraw-event'];
  };
  '/cases/{id}/hand-over': {
    post: operations['hand-over-case'];
  };
  '/cases/{id}/history': {
    get: operations['read-case-history'];
  };
  '/cases/{id}/merge': {
    post: operations['merge-cases'];
  };
  '/cases/{id}/notice-text': {
    get: operations['read-notice-text'];
  };
  '/cases/{id}/opt-in': {
    put: operations['record-opt-in'];
  };
  '/cases/{id}/plan-amendments': {
    post: operations['amend-plan'];
  };
  '/cases/{id}/plan-proposal': {
    get: operations['read-plan-proposal'];
  };
  '/cases/{id}/protective-contacts': {
    post: operations['order-contact'];
  };
  '/cases/{id}/reopening': {
    post: operations['reopen-case'];
  };
  '/cases/{id}/shares': {
    post: operations['share-case'];
  };
  '/cases/{id}/unmerge': {
    post: operations['unmerge-cases'];
  };
  '/cases/{id}/visit-instruction': {
    put: operations['instruct-visit'];
  };
  '/contacts/{handle}': {
    get: operations['read-contact'];
  };
  '/disputes/{id}': {
    get: operations['read-dispute'];
  };
  '/disputes/{id}/affected': {
    get: operations['read-affected'];
  };
  '/disputes/{id}/audit': {
    get: operations['read-dispute-audit'];
  };
  '/disputes/{id}/contacts': {
    put: operations['change-contact'];
  };
  '/disputes/{id}/enquiries': {
    post: operations['ask-department'];
  };
  '/disputes/{id}/erasures': {
    post: operations['erase-person'];
  };
  '/disputes/{id}/history': {
    get: operations['read-dispute-history'];
  };
  '/disputes/{id}/merge': {
    post: operations['merge-disputes'];
  };
  '/disputes/{id}/police-notices': {
    post: operations['tell-police'];
  };
  '/disputes/{id}/unmerge': {
    post: operations['unmerge-disputes'];
  };
  '/docs': {
    get: operations['read-docs'];
  };
  '/docs/scripts/{file}': {
    get: operations['read-docs-script'];
  };
  '/docs/styles/{file}': {
    get: operations['read-docs-style'];
  };
  '/handles/{handle}/acknowledge': {
    post: operations['acknowledge-handle'];
  };
  '/holds/{id}': {
    post: operations['hold-case'];
  };
  '/holds/{id}/release': {
    post: operations['release-hold'];
  };
  '/matters/{id}/recipients': {
    get: operations['read-recipients'];
  };
  '/matters/{id}/requests': {
    post: operations['ask-right'];
    get: operations['read-requests'];
  };
  '/me': {
    get: operations['read-me'];
  };
  '/me/matters': {
    get: operations['list-my-matters'];
  };
  '/me/tasks': {
    get: operations['list-my-tasks'];
  };
  '/mediators': {
    get: operations['list-mediators'];
  };
  '/mediators/{mediatorId}': {
    put: operations['change-mediator'];
  };
  '/models': {
    get: operations['list-models'];
  };
  '/openapi.json': {
    get: operations['read-contract'];
  };
  '/posts': {
    get: operations['list-posts'];
  };
  '/posts/{postId}': {
    get: operations['read-post'];
    put: operations['change-post'];
  };
  '/posts/{postId}/absences': {
    post: operations['report-absence'];
  };
  '/posts/{postId}/history': {
    get: operations['read-post-history'];
  };
  '/posts/{postId}/tasks': {
    get: operations['list-post-tasks'];
  };
  '/recalls': {
    get: operations['list-recalls'];
  };
  '/referrals/{id}': {
    get: operations['read-referral'];
  };
  '/referrals/{id}/erasures': {
    post: operations['erase-helped'];
  };
  '/referrals/{id}/history': {
    get: operations['read-referral-history'];
  };
  '/reports': {
    post: operations['send-report'];
  };
  '/reports/{month}': {
    get: operations['read-month-report'];
  };
  '/roster': {
    get: operations['read-roster'];
    post: operations['add-shift'];
  };
  '/roster/{shiftId}/withdraw': {
    post: operations['withdraw-shift'];
  };
  '/rounds': {
    post: operations['plan-round'];
  };
  '/rounds/{id}': {
    get: operations['read-round'];
  };
  '/screening': {
    get: operations['read-screening'];
  };
  '/settings': {
    get: operations['read-settings'];
  };
  '/shares/{id}': {
    get: operations['read-share'];
  };
  '/statistics': {
    get: operations['read-statistics'];
  };
  '/switch': {
    get: operations['read-switch'];
    post: operations['set-switch'];
  };
  '/tasks/overdue': {
    get: operations['list-overdue-tasks'];
  };
  '/tasks/{taskId}/accept': {
    post: operations['accept-task'];
  };
  '/tasks/{taskId}/acknowledge': {
    post: operations['acknowledge-task'];
  };
  '/tasks/{taskId}/answer': {
    post: operations['answer-task'];
  };
  '/tasks/{taskId}/attempt': {
    post: operations['attempt-task'];
  };
  '/tasks/{taskId}/consents': {
    post: operations['record-consent'];
  };
  '/tasks/{taskId}/danger': {
    post: operations['report-danger'];
  };
  '/tasks/{taskId}/decline': {
    post: operations['decline-task'];
  };
  '/tasks/{taskId}/extend': {
    post: operations['extend-task'];
  };
  '/tasks/{taskId}/fulfilment': {
    post: operations['fulfil-request'];
  };
  '/tasks/{taskId}/hand-off': {
    post: operations['hand-off-task'];
  };
  '/tasks/{taskId}/pause': {
    post: operations['pause-task'];
  };
  '/tasks/{taskId}/resume': {
    post: operations['resume-task'];
  };
}

export interface operations {
  /** 查看调解协议 / Read an agreement */
  'read-agreement': {
    parameters: {
      path: {
        /** Number of an agreement, kept apart from its dispute or case */
        id: components['schemas']['AgreementId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Agreement'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 一方说明协议是否履行 / Say whether an agreement was kept */
  'tell-agreement': {
    parameters: {
      path: {
        /** Number of an agreement, kept apart from its dispute or case */
        id: components['schemas']['AgreementId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['AgreementTelling'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['AgreementTold'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 某人当日检索记录 / What a person searched on a day */
  'read-person-audit': {
    parameters: {
      path: {
        /** A person as the identity provider names them */
        person: components['schemas']['PersonId'];
        /** Day in Asia/Shanghai */
        date: string;
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Accesses'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 在办一览 / Board of open cases and disputes by level, tier and status */
  'list-cases': {
    parameters: {
      query?: {
        /** Absent: the area of the acting post */
        area?: components['schemas']['AreaCode'];
        /** Only these */
        subject?: 'case' | 'dispute' | 'referral' | 'round';
        /** Only at this level, where the level may be seen */
        level?: 'yellow' | 'orange' | 'red' | 'none';
        /** Tier of the accountable post */
        tier?: string;
        /** Only in this status */
        status?: string;
        /** Only in this phase */
        phase?: 'before' | 'level' | 'after' | 'open' | 'closed';
        /** Kind of dispute */
        disputeType?: components['schemas']['DisputeType'];
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Board'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看个案 / Read a case */
  'read-case': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['CaseReply'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 会商议程 / Agenda of the multi-agency talk */
  'read-agenda': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Agenda'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 个案查阅记录 / Who looked at a case */
  'read-case-audit': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Accesses'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 紧急查阅 / Break the glass: see more for a while, reviewed afterwards */
  'break-glass': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Why it cannot wait: read by the independent reviewer */
          reason: string;
        };
      };
    };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            until: components['schemas']['Instant'];
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 谢绝回访 / Decline check-ins */
  'decline-check-ins': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['CheckInsDeclining'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['CheckInsDeclined'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 对定级决定提出异议 / Contest a decision on the level */
  'contest-decision': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['Contest'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['Contested'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 地址与危险提示 / Address and danger note, for whoever comes */
  'read-danger-note': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['DangerNote'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 撤回已核实的事件 / Withdraw a verified event that does not hold */
  'withdraw-event': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['EventWithdrawal'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['EventWithdrawn'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 整案交接 / Offer the whole case to another post */
  'hand-over-case': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** The post that is asked */
          to: components['schemas']['PostId'];
          /** Why that post */
          reason: string;
        };
      };
    };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            /** Until when it answers */
            until: components['schemas']['Instant'];
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 个案历史 / History of a case */
  'read-case-history': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['History'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 合并个案 / Merge a case into another of the same person */
  'merge-cases': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** The case that takes it in */
          into: components['schemas']['CaseId'];
          /** By what people know it; kept with the action */
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['MergedCase'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 告知内容 / What the person concerned is told */
  'read-notice-text': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Notice'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 受影响人是否同意共同到场 / The affected person opts in to joint sessions, or takes it back */
  'record-opt-in': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['OptIn'] } };
    responses: {
      200: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 调整方案 / Change the plan, by a decision */
  'amend-plan': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['PlanAmendment'] } };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 方案建议 / What a plan is proposed to hold */
  'read-plan-proposal': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['PlanProposal'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 保护性接触 / Order a protective first contact, before any level */
  'order-contact': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Why it cannot wait */
          reason: string;
        };
      };
    };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            until: components['schemas']['Instant'];
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 重新办理已结个案 / Take up a closed case again */
  'reopen-case': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Why it is taken up again */
          reason: string;
        };
      };
    };
    responses: {
      201: { content: { 'application/json': components['schemas']['Reopening'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 按需共享个案部分内容 / Share part of a case with a post that helps */
  'share-case': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['Share'] } };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            share: components['schemas']['ShareId'];
            n: number;
            until: components['schemas']['Instant'];
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 撤销个案合并 / Undo the merge of a case */
  'unmerge-cases': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** By what people know it; kept with the action */
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['MergedCase'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 上门提示 / Write how to come, not why */
  'instruct-visit': {
    parameters: {
      path: {
        /** Identifier of a case */
        id: components['schemas']['CaseId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** At most 60 characters: how to come, not why */
          words: string;
        };
      };
    };
    responses: {
      200: {
        content: {
          'application/json': {
            id: components['schemas']['CaseId'];
            n: number;
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      428: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 消息送达号码 / Where a message goes: for the message gateway */
  'read-contact': {
    parameters: {
      path: {
        /** handle of the message */
        handle: string;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Reach'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看纠纷 / Read a dispute */
  'read-dispute': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['DisputeReply'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 受影响人 / The affected person and children of a dispute */
  'read-affected': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['AffectedReply'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 纠纷查阅记录 / Who looked at a dispute */
  'read-dispute-audit': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Accesses'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 设定安全联系方式 / Say how a person in a role may safely be reached */
  'change-contact': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** ref of the person in role; absent: oneself, wherever one is named in that role */
          ref?: string;
          contact: components['schemas']['Contact'];
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['ContactChanged'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 部门协查 / Ask a department one question about one dispute */
  'ask-department': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Id of the department */
          department: string;
          /** From the closed list: about the dispute, never about a person */
          question: 'known-dispute' | 'earlier-report' | 'open-proceedings' | 'agreement-held';
        };
      };
    };
    responses: {
      201: { content: { 'application/json': components['schemas']['Asked'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 删除某人资料 / Erase a person in a role */
  'erase-person': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** ref of the person in role */
          ref: string;
          /** On what ground: kept in the history */
          ground: 'request' | 'court';
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Erasure'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 纠纷历史 / History of a dispute */
  'read-dispute-history': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['History'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 合并纠纷 / Merge a dispute into another that is the same quarrel */
  'merge-disputes': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** The dispute that takes it in */
          into: components['schemas']['DisputeId'];
          /** By what people know it; kept with the action */
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['MergedDispute'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 告知公安：矛盾可能激化 / Tell the police that a dispute may turn violent */
  'tell-police': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['PoliceNotice'] } };
    responses: {
      201: {
        content: {
          'application/json': {
            id: components['schemas']['DisputeId'];
            n: number;
            repeated: boolean;
          };
        };
      };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 撤销纠纷合并 / Undo the merge of a dispute */
  'unmerge-disputes': {
    parameters: {
      path: {
        /** Identifier of a dispute */
        id: components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** By what people know it; kept with the action */
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['MergedDispute'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 接口说明页 / The contract as a readable page */
  'read-docs': {
    parameters: {
      header?: {
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'text/html': string } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 说明页脚本 / A script of the page */
  'read-docs-script': {
    parameters: {
      path: {
        /** File of the page */
        file: 'swagger-ui-bundle.js' | 'page.js';
      };
      header?: {
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'text/javascript': string } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 说明页样式 / A style sheet of the page */
  'read-docs-style': {
    parameters: {
      path: {
        /** File of the page */
        file: 'swagger-ui.css';
      };
      header?: {
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'text/css': string } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 一键签收 / Acknowledge the task of a call: I have it */
  'acknowledge-handle': {
    parameters: {
      path: {
        /** Names the task of a call; grants nothing */
        handle: components['schemas']['Handle'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': Record<string, never> } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      410: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 依法保全个案或纠纷 / Legal hold on a case or dispute */
  'hold-case': {
    parameters: {
      path: {
        /** A case or a dispute */
        id: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** When it ends by itself */
          until: components['schemas']['Instant'];
          /** What has begun since the first hold: without it nothing is held for longer than the city allows in all */
          proceeding?: {
            /** 诉讼、行政复议、仲裁 a lawsuit, an administrative review, an arbitration */
            kind: 'lawsuit' | 'administrative-review' | 'arbitration';
            /** The day on which it began, as the court or office that leads it says */
            begunOn: string;
          };
          /** Why it must be kept */
          reason: string;
        };
      };
    };
    responses: {
      201: { content: { 'application/json': components['schemas']['Hold'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 解除保全 / Release a legal hold */
  'release-hold': {
    parameters: {
      path: {
        /** A case or a dispute */
        id: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Why it need not be kept */
          reason: string;
        };
      };
    };
    responses: {
      201: { content: { 'application/json': components['schemas']['Release'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 谁收到过我的资料 / Who received something about me */
  'read-recipients': {
    parameters: {
      path: {
        /** Identifier of a case, a dispute or a referral */
        id: components['schemas']['MatterId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Recipients'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 提出个人信息权利请求 / Ask for a right over one’s own data */
  'ask-right': {
    parameters: {
      path: {
        /** Identifier of a case, a dispute or a referral */
        id: components['schemas']['MatterId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['RightsAsk'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['Requested'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看异议与权利请求 / Contests, corrections and requests, and what came of them */
  'read-requests': {
    parameters: {
      path: {
        /** Identifier of a case, a dispute or a referral */
        id: components['schemas']['MatterId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Requests'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 我是谁 / Who one is here: the posts one acts for now */
  'read-me': {
    parameters: {
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Me'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 我的事项 / What is kept about me */
  'list-my-matters': {
    parameters: {
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Matters'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 我的任务 / Open tasks of the posts for which I act now */
  'list-my-tasks': {
    parameters: {
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Tasks'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 可选调解员与组织 / Mediators and organisations that the parties may choose */
  'list-mediators': {
    parameters: {
      query?: {
        /** Only who serves this place */
        area?: components['schemas']['AreaCode'];
        /** Only for this kind of measure */
        measure?:
          | 'people-mediation'
          | 'trade-mediation'
          | 'administrative-mediation'
          | 'judicial-mediation'
          | 'petition-mediation'
          | 'counselling'
          | 'crisis-intervention'
          | 'hardship-relief'
          | 'work-and-training'
          | 'newcomer-support'
          | 'legal-aid'
          | 'interpreter'
          | 'joint-visit'
          | 'safety-planning';
        /** Only in this language */
        language?: string;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Mediators'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 登记调解员或组织 / Enter a mediator or organisation, or change what stands there */
  'change-mediator': {
    parameters: {
      path: {
        /** A mediator or organisation: code of the county or city, name */
        mediatorId: components['schemas']['MediatorId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['MediatorChange'] } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Mediator'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      428: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 评估模型 / Assessment models: every factor with its points */
  'list-models': {
    parameters: {
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Models'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 接口约定（OpenAPI 3.1） / The contract as an OpenAPI 3.1 document */
  'read-contract': {
    parameters: {
      header?: {
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: {
        content: {
          'application/json': {
            openapi: string;
            info: {
              title: string;
              version: string;
            } & Record<string, unknown>;
          } & Record<string, unknown>;
        };
      };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 岗位一览 / Posts of an area, without persons */
  'list-posts': {
    parameters: {
      query?: {
        /** Only posts of this area and those below it */
        area?: components['schemas']['AreaCode'];
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Posts'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看岗位 / A post and who holds it */
  'read-post': {
    parameters: {
      path: {
        /** A post: area code and duty */
        postId: components['schemas']['PostId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Post'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 任命 / Name who holds a post, and its deputy */
  'change-post': {
    parameters: {
      path: {
        /** A post: area code and duty */
        postId: components['schemas']['PostId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['PostChange'] } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Post'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      428: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 报告缺岗 / Report an absence: the deputy acts at once */
  'report-absence': {
    parameters: {
      path: {
        /** A post: area code and duty */
        postId: components['schemas']['PostId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['AbsenceReport'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['Post'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 任职历史 / Who held a post, and who changed it */
  'read-post-history': {
    parameters: {
      path: {
        /** A post: area code and duty */
        postId: components['schemas']['PostId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['PostHistory'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 岗位任务 / Open tasks of a post */
  'list-post-tasks': {
    parameters: {
      path: {
        /** A post: area code and duty */
        postId: components['schemas']['PostId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Tasks'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 尚未确认销毁的召回 / Recalls that nobody has confirmed yet */
  'list-recalls': {
    parameters: {
      query?: {
        /** GB/T 2260 code, with township, village, grid */
        area?: components['schemas']['AreaCode'];
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Recalls'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看帮助转介 / Read a referral: help without a dispute */
  'read-referral': {
    parameters: {
      path: {
        /** Identifier of a referral */
        id: components['schemas']['ReferralId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['ReferralReply'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 删除求助人资料 / Erase somebody who asked for help */
  'erase-helped': {
    parameters: {
      path: {
        /** Identifier of a referral */
        id: components['schemas']['ReferralId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** ref of the person in role */
          ref: string;
          /** On what ground: kept in the history */
          ground: 'request' | 'court';
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['ReferralErasure'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 帮助转介历史 / History of a referral */
  'read-referral-history': {
    parameters: {
      path: {
        /** Identifier of a referral */
        id: components['schemas']['ReferralId'];
      };
      query?: {
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['History'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 报告纠纷 / Send a report of a dispute */
  'send-report': {
    parameters: {
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['Report'] } };
    responses: {
      202: { content: { 'application/json': components['schemas']['Receipt'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 月度报告 / The report of a month: whether it helps, and how levels were used */
  'read-month-report': {
    parameters: {
      path: {
        /** Not later than this one */
        month: string;
      };
      query?: {
        /** A township or an area above; absent: the area of the acting post */
        area?: components['schemas']['AreaCode'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['MonthReport'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 值班表 / Who is on duty, and where a county has too few */
  'read-roster': {
    parameters: {
      query: {
        /** The posts of exactly this area */
        area: components['schemas']['AreaCode'];
        /** From this instant on */
        from: components['schemas']['Instant'];
        /** Up to this instant; at most 62 days later */
        to: components['schemas']['Instant'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Roster'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 排班 / Plan a shift */
  'add-shift': {
    parameters: {
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['ShiftPlan'] } };
    responses: {
      201: { content: { 'application/json': components['schemas']['Shift'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 撤销排班 / Take a shift back */
  'withdraw-shift': {
    parameters: {
      path: {
        /** Identifier of a shift */
        shiftId: components['schemas']['ShiftId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['Withdrawal'] } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Shift'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      428: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 安排网格巡查 / Plan a grid round: a dated list of places */
  'plan-round': {
    parameters: {
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** The grid */
          area: components['schemas']['AreaCode'];
          /** Day in Asia/Shanghai */
          day: string;
          /** Where to look: places, never persons */
          places: string[];
        };
      };
    };
    responses: {
      201: { content: { 'application/json': components['schemas']['RoundPlanned'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看网格巡查 / Read a grid round */
  'read-round': {
    parameters: {
      path: {
        /** Identifier of a grid round */
        id: components['schemas']['RoundId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['RoundReply'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 排查成效 / What each way of looking found */
  'read-screening': {
    parameters: {
      query?: {
        /** A township or above; absent: the area of the acting post */
        area?: components['schemas']['AreaCode'];
        /** First month; absent: the last one */
        from?: string;
        /** Last month; absent: the present one */
        to?: string;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Screening'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 城市设置 / Settings of the city: levels, clocks, tiers, responsibility list */
  'read-settings': {
    parameters: {
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Settings'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看共享内容 / Read what is shared */
  'read-share': {
    parameters: {
      path: {
        /** Identifier of what is shared of a case; it grants nothing */
        id: components['schemas']['ShareId'];
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['SharedView'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 统计 / Counts of what is open, small cells suppressed */
  'read-statistics': {
    parameters: {
      query?: {
        /** Absent: the area of the acting post */
        area?: components['schemas']['AreaCode'];
        /** Whose decisions are counted; absent: this month */
        month?: string;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Statistics'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 查看定级开关和终止日期 / Whether new levels are stopped, and when the effort ends */
  'read-switch': {
    parameters: {
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Switch'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 暂停、恢复新的定级 / Stop new levels, or release them */
  'set-switch': {
    parameters: {
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['SwitchWish'] } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Switch'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 逾期任务 / Tasks that are late or have climbed */
  'list-overdue-tasks': {
    parameters: {
      query?: {
        /** Absent: the area of the acting post */
        area?: components['schemas']['AreaCode'];
        /** Where to go on: next of the page before */
        cursor?: string;
        /** At most so many, 1 to 100 */
        limit?: number;
      };
      header?: {
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Tasks'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 接收 / Accept a hand-off */
  'accept-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          reason?: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 签收 / Acknowledge a task */
  'acknowledge-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': Record<string, never> } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 办理 / Answer a task */
  'answer-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': components['schemas']['Answer'] } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 首次行动 / Say that something was done about a task */
  'attempt-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** What was tried */
          note?: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 登记当事人是否愿意调解 / Record that a party wants a mediation, or does not */
  'record-consent': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Whose wish it is */
          party: 'complainant' | 'respondent';
          /** false ends the mediation at once */
          wants: boolean;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 报告险情 / Report danger met on a task */
  'report-danger': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          facts: (
            | 'threat_to_kill'
            | 'threat_to_harm'
            | 'weapon_present'
            | 'weapon_access'
            | 'physical_assault'
            | 'injury'
            | 'stalking_harassment'
          )[];
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 不接收 / Decline a hand-off */
  'decline-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 延期 / Put off the end of a task */
  'extend-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** The new end */
          until: string;
          /** Why the end cannot be kept; the supervisor is told */
          reason: string;
          /** Of a mediation whose time by law would be over: both parties agree to go on; recorded */
          agreed?: boolean;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 按请求删除或更正本人资料 / Erase, or put corrected own data in place, as asked */
  'fulfil-request': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Why it is granted, as the person reads it */
          reason: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Fulfilled'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 提出交接 / Offer a task to another post */
  'hand-off-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          to: string;
          reason?: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 暂停计时 / Stop the clocks of a task while others have to act */
  'pause-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: {
      content: {
        'application/json': {
          /** Whose turn it is: a party, a department, a court, an appraisal */
          waitingFor: 'party' | 'department' | 'court' | 'appraisal';
          /** What is waited for */
          note: string;
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
  /** 恢复计时 / Let the clocks of a task run on */
  'resume-task': {
    parameters: {
      path: {
        /** Identifier of a task: its case or dispute, its kind and number */
        taskId: components['schemas']['TaskId'];
      };
      header: {
        /** 同一命令重试时不变；只执行一次 / The same for every try of one command, which is carried out once */
        'Idempotency-Key': string;
        /** 所见内容的 ETag / The ETag of what was seen */
        'If-Match'?: string;
        /** 以哪个岗位办理；只任一个岗位时可省略 / Which of one’s posts acts; may be left out by who holds only one */
        'Hejie-Post'?: string;
        /** 关联编号：请求与答复、日志一致 / Ties request, reply and logs together */
        'Hejie-Correlation-Id'?: string;
      };
    };
    requestBody: { content: { 'application/json': Record<string, never> } };
    responses: {
      200: { content: { 'application/json': components['schemas']['Done'] } };
      401: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      403: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      404: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      409: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      412: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      422: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      429: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      500: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      503: { content: { 'application/problem+json': components['schemas']['Problem'] } };
    };
  };
}

export interface components {
  schemas: {
    /** A person named on a post is away */
    Absence: {
      person: components['schemas']['PersonId'];
      from: components['schemas']['Instant'];
      /** Back from this instant on */
      to: components['schemas']['Instant'];
    };
    /** Somebody is away, so the deputy acts at once; takes the place of absences of theirs that it overlaps */
    AbsenceReport: {
      /** Left out: whoever reports */
      person?: components['schemas']['PersonId'];
      from: components['schemas']['Instant'];
      /** Back from this instant on; the same as from takes an absence back */
      to: components['schemas']['Instant'];
      /** No medical details */
      reason?: string;
    };
    /** Who looked at what: written before anything was shown */
    Access: {
      /** Number in its chain */
      n: number;
      /** When somebody asked */
      at: components['schemas']['Instant'];
      /** For which post; null for a citizen, and where none was found */
      post: string | null;
      /** As what, by docs/who-may.md */
      role: string | null;
      person?: components['schemas']['PersonId'];
      /** operationId of this document */
      operation: string;
      /** The id of what was looked at, or what was searched for */
      what?: string;
      /** unknown: there is no such thing */
      outcome: 'shown' | 'denied' | 'unknown';
      /** Groups of fields that were shown, by docs/who-may.md */
      fields: string[];
      /** Seen by breaking the glass */
      breakGlass?: true;
      /** Written down after the reading: the audit was not available */
      afterwards?: true;
    };
    /** A chain of the audit, oldest first */
    Accesses: {
      chain: string;
      accesses: components['schemas']['Access'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** Who did it, and for which post */
    ActingPerson: {
      person: components['schemas']['PersonId'];
      post: components['schemas']['PostId'];
    };
    /** The affected person and children, under keys and a view of their own */
    AffectedReply: {
      dispute: components['schemas']['DisputeId'];
      people: components['schemas']['PersonInRole'][];
    };
    /** What a talk of several departments is about: nobody is named */
    Agenda: {
      taskId: components['schemas']['TaskId'];
      /** Accountable for the talk */
      owner: string;
      due: components['schemas']['Instant'];
      /** Who is asked to it: a post would tell the place */
      departments: string[];
      /** The township: a smaller place would tell who is meant */
      area: components['schemas']['AreaCode'];
      disputeType: components['schemas']['DisputeType'];
      events: {
        id: string;
        /** When it happened; null: nobody has said */
        occurredAt: components['schemas']['Instant'] | null;
        state: components['schemas']['EventState'];
        facts: {
          type: components['schemas']['FactType'];
          value?: number;
          negated?: true;
          hearsay?: true;
        }[];
      }[];
      assessment: {
        proposal: 'none' | 'yellow' | 'orange' | 'red';
        trend: string;
        note: string;
      } | null;
      /** How many needs are known, never which; not for the police */
      needs?: number;
      tasks: {
        kind: components['schemas']['TaskKind'];
        due: components['schemas']['Instant'];
      }[];
    };
    /** What parties agreed on */
    Agreement: {
      id: components['schemas']['AgreementId'];
      area: components['schemas']['AreaCode'];
      /** Since when it is in force */
      on: components['schemas']['Instant'];
      /** Until when it is kept */
      until: components['schemas']['Instant'];
      /** What the parties agreed on; null: nobody wrote it down */
      text: string | null;
      /** For a party, and of nobody else */
      own?: {
        /** Which one whoever reads is */
        party: 'complainant' | 'respondent';
        /** Somebody is to look whether it was kept: they may say so now */
        asked: boolean;
        /** What they said of it */
        said: 'kept' | 'broken' | null;
        /** What became of it; null: not looked at yet */
        outcome: 'kept' | 'broken' | 'unknown' | null;
      };
    };
    /** Number of an agreement, kept apart from its dispute or case */
    AgreementId: string;
    /** What a party says of it */
    AgreementTelling: {
      /** As this party sees it */
      outcome: 'kept' | 'broken';
      /** What they want to say of it; kept sealed */
      words?: string;
      /** Where a post enters it for an agent: of which party */
      party?: 'complainant' | 'respondent';
      /** Where a post enters it for an agent; never by the party themself */
      agent?: {
        /** Who acts for the person; kept sealed */
        name: string;
        /** What says so: a written mandate and its date, a guardianship */
        mandate: string;
      };
    };
    /** It was received */
    AgreementTold: {
      id: components['schemas']['AgreementId'];
      /** Number of the action in the history */
      n: number;
      repeated: boolean;
    };
    /** What fits depends on the kind of the task */
    Answer:
      | {
          outcome: 'done';
          /** Places where a dispute was found */
          found?: string[];
          note?: string;
        }
      | {
          outcome: 'settled' | 'failed';
          /** When a mediation agreement came into force: it may be confirmed by a court for 30 days */
          on?: string;
          /** Of an agreement: its words, which are kept sealed */
          note?: string;
        }
      | {
          outcome: 'yes' | 'no' | 'nothing-held';
        }
      | {
          outcome: 'received';
        }
      | {
          outcome: 'accepted' | 'declined';
          /** What of the help offered is accepted */
          help?: (
            | 'hardship-relief'
            | 'counselling'
            | 'work-and-training'
            | 'newcomer-support'
            | 'legal-aid'
            | 'interpreter'
          )[];
          /** Whom the person chose, of the registry, for each kind */
          mediators?: Partial<
            Record<
              | 'hardship-relief'
              | 'counselling'
              | 'work-and-training'
              | 'newcomer-support'
              | 'legal-aid'
              | 'interpreter',
              string
            >
          >;
          note?: string;
        }
      | {
          outcome: 'helped' | 'declined';
          note?: string;
        }
      | {
          outcome: 'protected';
          note?: string;
        }
      | {
          outcome: 'confirmed' | 'unfounded';
          /** The facts as they were confirmed; absent: as told */
          facts?: (
            | 'threat_to_kill'
            | 'threat_to_harm'
            | 'weapon_present'
            | 'weapon_access'
            | 'physical_assault'
            | 'injury'
            | 'stalking_harassment'
            | 'property_damage'
            | 'prior_police_calls'
            | 'prior_mediation_failed'
            | 'settled'
            | 'calm_cooperative'
            | 'wants_mediation'
            | 'threat_self_harm'
            | 'hardship_medical'
            | 'hardship_income'
            | 'eviction_or_job_loss'
            | 'separation_or_divorce'
            | 'children_present'
            | 'alcohol_involved'
            | 'amount_cny'
          )[];
          /** When it happened, as whoever looked at it found; absent: as told, or not known */
          occurredAt?: string;
          /** The event of the case that this is another telling of: it counts there, once */
          sameAs?: string;
          note?: string;
        }
      | {
          outcome: 'verified' | 'unfounded';
          /** When it happened, as whoever looked at it found; absent: as told, or not known */
          occurredAt?: string;
          /** The event of the case that this is another telling of: it counts there, once */
          sameAs?: string;
          note?: string;
        }
      | {
          outcome: 'contacted' | 'not-needed';
          note?: string;
        }
      | {
          /** Harm is likely and takes more than one department; or not */
          outcome: 'met' | 'not-met';
          /** Posts that took part, of two departments at least */
          present: string[];
          note?: string;
        }
      | {
          outcome: 'written';
          /** What was agreed: measures of the plan */
          actions?: {
            kind:
              | 'people-mediation'
              | 'trade-mediation'
              | 'administrative-mediation'
              | 'judicial-mediation'
              | 'petition-mediation'
              | 'counselling'
              | 'crisis-intervention'
              | 'hardship-relief'
              | 'work-and-training'
              | 'newcomer-support'
              | 'legal-aid'
              | 'interpreter'
              | 'joint-visit'
              | 'safety-planning';
            /** A post; absent: whom the responsibility list names, else the county assigns */
            owner?: string;
            /** By when; absent: as long as such a measure has */
            due?: string;
            /** Whom the parties chose, of the registry */
            mediator?: string;
          }[];
          note?: string;
        }
      | {
          outcome: 'confirm' | 'raise' | 'lower' | 'dismiss';
          /** To which level it is raised or lowered */
          level?: 'yellow' | 'orange' | 'red';
          /** Why, from what happened */
          reason: string;
          /** What the decision changes for the people in it */
          changes: string;
          /** The verified events that it rests on */
          events?: string[];
        }
      | {
          outcome: 'agree' | 'disagree';
          note?: string;
        }
      | {
          outcome: 'stands' | 'reassess';
          note?: string;
        }
      | {
          outcome: 'protected';
          /** What became of a safety plan */
          safetyPlan?: 'made' | 'not-wanted';
          note?: string;
        }
      | {
          outcome: 'kept' | 'ended';
          note?: string;
        }
      | {
          outcome: 'told';
          /** What became of the safety plan: kept or changed where one stands */
          safetyPlan: 'kept' | 'changed' | 'made' | 'not-wanted';
          note?: string;
        }
      | {
          outcome: 'told' | 'deferred';
          /** Legal ground of a deferral */
          ground?: 'safety-of-the-affected' | 'secrecy-by-law' | 'hinders-duty';
          /** End of a deferral; absent: as long as the city allows */
          until?: string;
          note?: string;
        }
      | {
          outcome: 'planned';
          /** At least one; none where a plan that stands goes on as it is */
          measures: {
            kind:
              | 'people-mediation'
              | 'trade-mediation'
              | 'administrative-mediation'
              | 'judicial-mediation'
              | 'petition-mediation'
              | 'counselling'
              | 'crisis-intervention'
              | 'hardship-relief'
              | 'work-and-training'
              | 'newcomer-support'
              | 'legal-aid'
              | 'interpreter'
              | 'joint-visit'
              | 'safety-planning';
            /** A post; absent: whom the responsibility list names, else the county assigns */
            owner?: string;
            /** By when; absent: as long as such a measure has */
            due?: string;
            /** Whom the parties chose, of the registry */
            mediator?: string;
          }[];
          note?: string;
        }
      | {
          outcome: 'assigned';
          owner: string;
          note?: string;
        }
      | {
          outcome: 'done' | 'refused' | 'failed' | 'agreed';
          /** When the agreement came into force; absent: now */
          on?: string;
          /** Of an agreement: its words, which are kept sealed */
          note?: string;
        }
      | {
          outcome: 'filed' | 'not-wanted';
          note?: string;
        }
      | {
          outcome: 'accepted' | 'declined';
          /** Why; needed to decline, at least 5 characters */
          note?: string;
        }
      | {
          outcome: 'continue' | 'reassess';
          /** After a resolution: what was newly seen; without it there is nothing to assess anew */
          facts?: (
            | 'threat_to_kill'
            | 'threat_to_harm'
            | 'weapon_present'
            | 'weapon_access'
            | 'physical_assault'
            | 'injury'
            | 'stalking_harassment'
            | 'property_damage'
            | 'prior_police_calls'
            | 'prior_mediation_failed'
            | 'settled'
            | 'calm_cooperative'
            | 'wants_mediation'
            | 'threat_self_harm'
            | 'hardship_medical'
            | 'hardship_income'
            | 'eviction_or_job_loss'
            | 'separation_or_divorce'
            | 'children_present'
            | 'alcohol_involved'
            | 'amount_cny'
          )[];
          note?: string;
        }
      | {
          /** Renewed: once on the same events; after that the independent reviewer is asked, with a reason */
          outcome: 'renewed' | 'ask-reviewer' | 'ended';
          note?: string;
        }
      | {
          /** Not renewed: the level goes on to its end, and lapses then */
          outcome: 'renewed' | 'not-renewed';
          /** Why; needed */
          note?: string;
        }
      | {
          /** Reassess: while a level stands it is decided anew */
          outcome: 'looked-at' | 'reassess';
          note?: string;
        }
      | {
          /** upheld: the contest is right, and the level ends */
          outcome: 'upheld' | 'lowered' | 'rejected';
          /** To which level it is lowered */
          level?: 'yellow' | 'orange' | 'red';
          /** Why, as the person reads it; needed, at least 20 characters */
          note?: string;
        }
      | {
          /** upheld: the contest is right, and the level ends */
          outcome: 'upheld' | 'rejected';
          /** Why, as the person reads it; needed, at least 20 characters */
          note?: string;
        }
      | {
          outcome: 'corrected' | 'refused';
          /** The facts of the event as they are */
          facts?: (
            | 'threat_to_kill'
            | 'threat_to_harm'
            | 'weapon_present'
            | 'weapon_access'
            | 'physical_assault'
            | 'injury'
            | 'stalking_harassment'
            | 'property_damage'
            | 'prior_police_calls'
            | 'prior_mediation_failed'
            | 'settled'
            | 'calm_cooperative'
            | 'wants_mediation'
            | 'threat_self_harm'
            | 'hardship_medical'
            | 'hardship_income'
            | 'eviction_or_job_loss'
            | 'separation_or_divorce'
            | 'children_present'
            | 'alcohol_involved'
            | 'amount_cny'
          )[];
          /** When the event happened */
          occurredAt?: string;
          /** Why, as the person reads it; needed, at least 20 characters */
          note?: string;
        }
      | {
          outcome: 'granted' | 'refused';
          /** Why, as the person reads it; needed, at least 20 characters */
          note?: string;
        }
      | {
          outcome: 'kept' | 'broken' | 'unknown';
          /** Of a broken one: false where a party refuses to try once more */
          again?: boolean;
          note?: string;
        }
      | {
          outcome: 'destroyed' | 'nothing-held';
        }
      | {
          outcome: 'told';
          note?: string;
        }
      | {
          outcome: 'resolved' | 'not-yet';
          note?: string;
        }
      | {
          outcome: 'justified' | 'unjustified';
          note?: string;
        }
      | {
          /** declined: this one; declined-all: the person wants none of those that are left either */
          outcome: 'well' | 'declined' | 'declined-all' | 'concern' | 'relapse';
          facts?: (
            | 'threat_to_kill'
            | 'threat_to_harm'
            | 'weapon_present'
            | 'weapon_access'
            | 'physical_assault'
            | 'injury'
            | 'stalking_harassment'
            | 'property_damage'
            | 'prior_police_calls'
            | 'prior_mediation_failed'
            | 'settled'
            | 'calm_cooperative'
            | 'wants_mediation'
            | 'threat_self_harm'
            | 'hardship_medical'
            | 'hardship_income'
            | 'eviction_or_job_loss'
            | 'separation_or_divorce'
            | 'children_present'
            | 'alcohol_involved'
            | 'amount_cny'
          )[];
          note?: string;
        };
    /** GB/T 2260 code, with township, village, grid */
    AreaCode: string;
    /** The question is put */
    Asked: {
      id: components['schemas']['DisputeId'];
      n: number;
      repeated: boolean;
    };
    /** Open cases and disputes */
    Board: {
      cases: components['schemas']['BoardLine'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** An open case or dispute, by place and by when it was opened; nobody is ranked */
    BoardLine: {
      id: string;
      subject: 'case' | 'dispute' | 'referral' | 'round';
      status: string;
      phase: components['schemas']['Phase'];
      /** A post: <area code>.<duty> */
      owner: string;
      area: components['schemas']['AreaCode'];
      disputeType: components['schemas']['DisputeType'];
      openedAt: components['schemas']['Instant'];
      changedAt: components['schemas']['Instant'];
      /** null also where yellow or orange is under review */
      level?: components['schemas']['Level'] | null;
      /** A contest of the level is open */
      underReview?: boolean;
    };
    /** One person of concern; only the granted fields are there */
    Case: {
      id: components['schemas']['CaseId'];
      status?: string;
      phase?: components['schemas']['Phase'];
      area?: components['schemas']['AreaCode'];
      disputeType?: components['schemas']['DisputeType'];
      /** The post accountable for the whole */
      owner?: string;
      openedAt?: components['schemas']['Instant'];
      changedAt?: components['schemas']['Instant'];
      /** Legal hold: kept until then, whatever its time */
      heldUntil?: components['schemas']['Instant'] | null;
      /** What parties agreed on, and what became of it; null: not looked at yet */
      agreements?: {
        id: components['schemas']['AgreementId'];
        on: components['schemas']['Instant'];
        outcome: 'kept' | 'broken' | 'unknown' | null;
        /** What the parties themselves said of it, for whoever looks at it */
        said?: Partial<Record<'complainant' | 'respondent', 'kept' | 'broken'>>;
      }[];
      /** It went into that one, with all that it was */
      mergedInto?: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      /** What went into this one */
      absorbed?: (components['schemas']['CaseId'] | components['schemas']['DisputeId'])[];
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      disputes?: components['schemas']['DisputeId'][];
      /** How it ended, or is ending */
      endsAs?: 'dismissed' | 'unfounded' | 'below-threshold' | 'lapsed' | 'contested' | 'completed' | 'merged' | null;
      level?:
        | (
            | {
                colour: components['schemas']['Level'];
                since: components['schemas']['Instant'];
                lapses: components['schemas']['Instant'];
                awaitsSecondTo: string | null;
                afterRed: boolean;
                renewed: boolean;
                /** Who may renew it on the same events */
                renewal: 'owner' | 'reviewer' | 'none';
                decidedBy: number | null;
                /** Since when it is contested; it goes on meanwhile */
                underReview: components['schemas']['Instant'] | null;
              }
            | {
                colour: null;
                resolvedAt: components['schemas']['Instant'];
              }
          )
        | null;
      safetyPlan?: boolean;
      /** The person concerned has been told */
      told?: boolean;
      /** For the person concerned: when somebody will ask how things are; each may be declined */
      checkIns?: {
        no: string;
        from: components['schemas']['Instant'];
        begun: boolean;
      }[];
      /** The notice to the person concerned is put off; never shown to them */
      deferral?: {
        ground: 'safety-of-the-affected' | 'secrecy-by-law' | 'hinders-duty';
        until: components['schemas']['Instant'];
        /** A second person has agreed */
        agreed: boolean;
      } | null;
      /** Telling the person concerned may put somebody in danger: that person is told before */
      affectedFirst?: boolean;
      /** The affected person was told before: the notice may go out from then on */
      tellFrom?: components['schemas']['Instant'] | null;
      events?: {
        id: string;
        /** When it happened; null: nobody has said */
        occurredAt: components['schemas']['Instant'] | null;
        reportedAt?: components['schemas']['Instant'];
        receivedAt?: components['schemas']['Instant'];
        state: components['schemas']['EventState'];
        /** The event that this is another telling of */
        sameAs?: string;
        channel?: 'grid' | 'police' | 'department' | 'resident';
        facts: {
          type: components['schemas']['FactType'];
          value?: number;
          negated?: true;
          hearsay?: true;
        }[];
      }[];
      assessment?: {
        proposal: 'none' | 'yellow' | 'orange' | 'red';
        trend: string;
        note: string;
      } | null;
      plan?: {
        waiting: {
          kind: components['schemas']['MeasureKind'];
          /** null: the county assigns it */
          owner: string | null;
          due?: components['schemas']['Instant'];
          mediator?: string;
        }[];
        done?: number;
      } | null;
      /** What talks agreed on and no plan holds yet */
      agreed?: {
        kind: components['schemas']['MeasureKind'];
        owner: string | null;
      }[];
      /** With whom part of it is shared, for which help, until when */
      shared?: {
        /** A post: <area code>.<duty> */
        to: string;
        need: components['schemas']['MeasureKind'];
        fields: string[];
        until: components['schemas']['Instant'];
      }[];
      needs?: {
        facts: components['schemas']['FactType'][];
        measures: components['schemas']['MeasureKind'][];
      };
      danger?: components['schemas']['FactType'][];
      /** How to come, not why */
      visit?: string | null;
      /** Department enquiries: no events, and no points */
      enquiries?: {
        task: string;
        department: string;
        question: 'known-dispute' | 'earlier-report' | 'open-proceedings' | 'agreement-held';
        /** null: not answered yet */
        outcome: 'yes' | 'no' | 'nothing-held' | null;
      }[];
    };
    /** Identifier of a case */
    CaseId: string;
    /** A case and, where granted, who is in its disputes */
    CaseReply: {
      case: components['schemas']['Case'];
      people?: components['schemas']['PersonInRole'][];
      words?: components['schemas']['Words'][];
      notice?: components['schemas']['NoticeText'];
    };
    /** A count, suppressed where small */
    Cell: {
      value: string;
      /** null: fewer than ten, or one that would tell them */
      count: number | null;
    };
    /** Nobody asks then */
    CheckInsDeclined: {
      id: components['schemas']['CaseId'];
      /** Number of the action in the history */
      n: number;
      repeated: boolean;
    };
    /** Which check-ins are not wanted */
    CheckInsDeclining: {
      /** Which one, as a read names it; absent: all that are left */
      no?: string;
      /** Where a post enters it for an agent; never by the person themself */
      agent?: {
        /** Who acts for the person; kept sealed */
        name: string;
        /** What says so: a written mandate and its date, a guardianship */
        mandate: string;
      };
    };
    /** How somebody may safely be reached, and by what never */
    Contact: {
      /** none: nobody is written to */
      channel: 'sms' | 'voice' | 'e-mail' | 'none';
      /** The safe number or e-mail address; absent: the phone told */
      reach?: string;
      /** Safe from this time of day on; absent: all day, outside quiet hours */
      from?: string;
      /** Safe until this time of day */
      to?: string;
      /** What is never to be used, in words */
      never?: string[];
    };
    /** Number of the action in the history; the profile itself is kept sealed */
    ContactChanged: {
      dispute: components['schemas']['DisputeId'];
      ref?: string;
      n: number;
      repeated: boolean;
    };
    /** Why the decision is wrong */
    Contest: {
      /** Why the decision is wrong */
      reason: string;
      /** What was not known before: needed to contest the same decision again */
      newFacts?: string;
      /** Where a post enters it for an agent; never by the person themself */
      agent?: {
        /** Who acts for the person; kept sealed */
        name: string;
        /** What says so: a written mandate and its date, a guardianship */
        mandate: string;
      };
    };
    /** It was received */
    Contested: {
      id: components['schemas']['CaseId'];
      /** Number of the action in the history: names what was asked */
      n: number;
      /** By when it is answered */
      answerBy: components['schemas']['Instant'];
      repeated: boolean;
    };
    /** What whoever comes must know: no name */
    DangerNote: {
      id: components['schemas']['CaseId'];
      /** Weapons and threats that were reported and not withdrawn */
      danger: components['schemas']['FactType'][];
      /** Where those in it live, without names */
      addresses: string[];
      /** How to come, not why */
      visit: string | null;
      /** afterwards: the audit could be written nowhere, it is logged as break-glass */
      logged: 'before' | 'afterwards';
    };
    /** A dispute; only the granted fields are there */
    Dispute: {
      id: components['schemas']['DisputeId'];
      status?: string;
      phase?: components['schemas']['Phase'];
      area?: components['schemas']['AreaCode'];
      disputeType?: components['schemas']['DisputeType'];
      /** The post accountable for the whole */
      owner?: string;
      openedAt?: components['schemas']['Instant'];
      changedAt?: components['schemas']['Instant'];
      /** Legal hold: kept until then, whatever its time */
      heldUntil?: components['schemas']['Instant'] | null;
      /** What parties agreed on, and what became of it; null: not looked at yet */
      agreements?: {
        id: components['schemas']['AgreementId'];
        on: components['schemas']['Instant'];
        outcome: 'kept' | 'broken' | 'unknown' | null;
        /** What the parties themselves said of it, for whoever looks at it */
        said?: Partial<Record<'complainant' | 'respondent', 'kept' | 'broken'>>;
      }[];
      /** It went into that one, with all that it was */
      mergedInto?: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      /** What went into this one */
      absorbed?: (components['schemas']['CaseId'] | components['schemas']['DisputeId'])[];
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      outcomes?: string[];
      /** Department enquiries: no events, and no points */
      enquiries?: {
        task: string;
        department: string;
        question: 'known-dispute' | 'earlier-report' | 'open-proceedings' | 'agreement-held';
        /** null: not answered yet */
        outcome: 'yes' | 'no' | 'nothing-held' | null;
      }[];
      /** What the police are told: the ground and the danger, nothing else */
      notices?: {
        ground: 'may-turn-violent';
        facts: components['schemas']['FactType'][];
        task: components['schemas']['Task'];
      }[];
    };
    /** Identifier of a dispute */
    DisputeId: string;
    /** A dispute and, where granted, who is in it */
    DisputeReply: {
      dispute: components['schemas']['Dispute'];
      people?: components['schemas']['PersonInRole'][];
      words?: components['schemas']['Words'][];
    };
    /** Kind of dispute */
    DisputeType:
      | 'marriage_family'
      | 'intimate_partner'
      | 'neighbour'
      | 'debt'
      | 'labour_wage'
      | 'land_homestead'
      | 'inheritance'
      | 'medical'
      | 'traffic_compensation'
      | 'consumer'
      | 'tenancy'
      | 'group_construction'
      | 'other'
      | 'none';
    /** What the command became */
    Done: {
      taskId: components['schemas']['TaskId'];
      /** Number of the action in the history */
      n: number | null;
      /** The same key was applied before: this is its first outcome */
      repeated: boolean;
      /** Of a mediation without an agreement: where else the parties can go */
      routes?: components['schemas']['LegalRoute'][];
    };
    /** How a person on duty is reached */
    DutyChannel: 'voice' | 'sms' | 'work-chat' | 'e-mail';
    /** What was erased and until when backups hold it */
    Erasure: {
      dispute: components['schemas']['DisputeId'];
      ref: string;
      erasedAt: components['schemas']['Instant'];
      /** When no backup holds it any more */
      completeOn: components['schemas']['Instant'];
    };
    /** duplicate: another telling of an event beside it, counted there */
    EventState: 'unverified' | 'verified' | 'withdrawn' | 'duplicate';
    /** Which event, and how it turned out */
    EventWithdrawal: {
      /** The verified event that does not hold */
      event: string;
      /** How it turned out */
      reason: string;
    };
    /** It no longer counts */
    EventWithdrawn: {
      id: components['schemas']['CaseId'];
      n: number;
      /** The level ended with it */
      lapsed: boolean;
      repeated: boolean;
    };
    /** From the closed catalogue */
    FactType:
      | 'threat_to_kill'
      | 'threat_to_harm'
      | 'weapon_present'
      | 'weapon_access'
      | 'physical_assault'
      | 'injury'
      | 'stalking_harassment'
      | 'property_damage'
      | 'prior_police_calls'
      | 'prior_mediation_failed'
      | 'settled'
      | 'calm_cooperative'
      | 'wants_mediation'
      | 'threat_self_harm'
      | 'hardship_medical'
      | 'hardship_income'
      | 'eviction_or_job_loss'
      | 'separation_or_divorce'
      | 'children_present'
      | 'alcohol_involved'
      | 'amount_cny';
    /** It was done */
    Fulfilled: {
      taskId: components['schemas']['TaskId'];
      n: number;
      /** Of an erasure: when no backup holds it any more */
      completeOn: components['schemas']['Instant'] | null;
      repeated: boolean;
    };
    /** Names the task of a call; grants nothing */
    Handle: string;
    /** The numbered actions, oldest first */
    History: {
      id: string;
      actions: components['schemas']['HistoryEntry'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** One numbered action; what is not for the reader keeps its number */
    HistoryEntry:
      | {
          n: number;
          at?: components['schemas']['Instant'];
          withheld: true;
        }
      | {
          n: number;
          at: components['schemas']['Instant'];
          kind: string;
          post: string | null;
          person?: components['schemas']['PersonId'];
          task?: string;
          tasks?: {
            kind: components['schemas']['TaskKind'];
            /** A post: <area code>.<duty> */
            owner: string;
            due: components['schemas']['Instant'];
          }[];
          outcome?: string;
          /** Work that was asked for */
          asked?: components['schemas']['TaskKind'];
          /** Whose wish about a mediation */
          party?: 'complainant' | 'respondent';
          wants?: boolean;
          /** Where else the parties can go */
          routes?: components['schemas']['LegalRoute'][];
          /** Tasks that a changed plan ended */
          withdrawn?: string[];
          /** Posts that took part in a talk */
          present?: string[];
          to?: string;
          /** Of a merge or its undoing: the other case or dispute */
          other?: string;
          tier?: string;
          waitingFor?: 'party' | 'department' | 'court' | 'appraisal';
          due?: components['schemas']['Instant'];
          /** Put off beyond the law’s end: both parties agree, or once with reasons */
          beyondLaw?: 'agreement' | 'reasons';
          /** When it happened: as told, or as whoever looked at it found */
          occurredAt?: components['schemas']['Instant'];
          /** The event that it is another telling of, as whoever looked at it found */
          sameAs?: string;
          reportedAt?: components['schemas']['Instant'];
          level?: components['schemas']['Level'] | null;
          choice?: string;
          deferral?: {
            ground: 'safety-of-the-affected' | 'secrecy-by-law' | 'hinders-duty';
            until: components['schemas']['Instant'];
          };
          events?: string[];
          model?: string;
          inputHash?: string;
          proposal?: 'none' | 'yellow' | 'orange' | 'red';
          points?: number;
          note?: string;
        };
    /** Until when nothing of it is forgotten */
    Hold: {
      /** A case or a dispute */
      id: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      until: components['schemas']['Instant'];
      n: number;
      repeated: boolean;
    };
    /** A person holds a post, or is its deputy, from one instant to another */
    Holding: {
      person: components['schemas']['PersonId'];
      from: components['schemas']['Instant'];
      /** No longer from this instant on; null: no end */
      to: components['schemas']['Instant'] | null;
    };
    /** ISO 8601, e.g. in UTC */
    Instant: string;
    /** Where somebody can go when mediation settles nothing */
    LegalRoute: {
      zh: string;
      en: string;
      law: string;
      /** How long it takes by law */
      clocks?: components['schemas']['Statute'][];
    };
    /** Set by people; ends by itself */
    Level: 'yellow' | 'orange' | 'red';
    /** A dispute that the person takes part in */
    Matter: {
      dispute?: components['schemas']['DisputeId'];
      case?: components['schemas']['CaseId'];
      /** Instead of a dispute: help that the person asked for */
      referral?: components['schemas']['ReferralId'];
      part: 'complainant' | 'respondent' | 'affected' | 'witness' | 'child' | 'other';
      /** What the person asked for; absent: nothing */
      requests?: {
        about: 'contest' | 'correction' | 'right';
        at: components['schemas']['Instant'];
        /** When somebody first took it up */
        takenUpAt: components['schemas']['Instant'] | null;
        answerBy: components['schemas']['Instant'] | null;
        outcome: string | null;
        answeredAt: components['schemas']['Instant'] | null;
      }[];
      /** What the person is a party to; asked: somebody is to look whether it was kept, and they may say; absent: nothing */
      agreements?: {
        id: components['schemas']['AgreementId'];
        on: components['schemas']['Instant'];
        asked: boolean;
      }[];
    };
    /** Identifier of a case, a dispute or a referral */
    MatterId: string;
    /** Disputes that the person takes part in */
    Matters: {
      matters: components['schemas']['Matter'][];
    };
    /** Who one is here */
    Me: {
      person: components['schemas']['PersonId'];
      /** Posts one acts for now */
      posts: {
        post: components['schemas']['PostId'];
        name: components['schemas']['Name'];
        role: components['schemas']['PostRole'];
        through: components['schemas']['Through'];
      }[];
    };
    /** Help only */
    MeasureKind:
      | 'people-mediation'
      | 'trade-mediation'
      | 'administrative-mediation'
      | 'judicial-mediation'
      | 'petition-mediation'
      | 'counselling'
      | 'crisis-intervention'
      | 'hardship-relief'
      | 'work-and-training'
      | 'newcomer-support'
      | 'legal-aid'
      | 'interpreter'
      | 'joint-visit'
      | 'safety-planning';
    /** Somebody whom the parties may choose */
    Mediator: {
      id: components['schemas']['MediatorId'];
      /** The ETag is this number in quotes */
      version: number;
      name: components['schemas']['Name'];
      kind: 'person' | 'organisation';
      /** Served with all below */
      areas: components['schemas']['AreaCode'][];
      measures: (
        | 'people-mediation'
        | 'trade-mediation'
        | 'administrative-mediation'
        | 'judicial-mediation'
        | 'petition-mediation'
        | 'counselling'
        | 'crisis-intervention'
        | 'hardship-relief'
        | 'work-and-training'
        | 'newcomer-support'
        | 'legal-aid'
        | 'interpreter'
        | 'joint-visit'
        | 'safety-planning'
      )[];
      languages: string[];
      /** So many open measures at once */
      capacity: number;
      active: boolean;
      changedAt: components['schemas']['Instant'];
    };
    /** What the registry says of them from now on */
    MediatorChange: {
      name: {
        zh: string;
        en: string;
      };
      kind: 'person' | 'organisation';
      /** Codes of the areas that they serve, with all below */
      areas: string[];
      /** For which measures they may be chosen */
      measures: (
        | 'people-mediation'
        | 'trade-mediation'
        | 'administrative-mediation'
        | 'judicial-mediation'
        | 'petition-mediation'
        | 'counselling'
        | 'crisis-intervention'
        | 'hardship-relief'
        | 'work-and-training'
        | 'newcomer-support'
        | 'legal-aid'
        | 'interpreter'
        | 'joint-visit'
        | 'safety-planning'
      )[];
      languages: string[];
      /** So many open measures at once */
      capacity: number;
      /** false: chosen for nothing new */
      active?: boolean;
    };
    /** A mediator or organisation: code of the county or city, name */
    MediatorId: string;
    /** Whom the parties may choose */
    Mediators: {
      mediators: components['schemas']['Mediator'][];
    };
    /** A case that was merged, or is by itself again */
    MergedCase: {
      id: components['schemas']['CaseId'];
      /** Where it went; null: it is by itself */
      mergedInto: components['schemas']['CaseId'] | null;
      /** Number of the action that began it */
      n: number;
      repeated: boolean;
    };
    /** A dispute that was merged, or is by itself again */
    MergedDispute: {
      id: components['schemas']['DisputeId'];
      /** Where it went; null: it is by itself */
      mergedInto: components['schemas']['DisputeId'] | null;
      /** Number of the action that began it */
      n: number;
      repeated: boolean;
    };
    /** Advice, not a prediction; people decide */
    Models: {
      models: Record<string, unknown>[];
      note: string;
    };
    /** The report of a month */
    MonthReport: {
      month: string;
      area: components['schemas']['AreaCode'];
      at: components['schemas']['Instant'];
      /** The month is not over */
      provisional: boolean;
      tables: components['schemas']['MonthTable'][];
      firstHelp: {
        way: 'without-level' | 'at-level';
        /** null: so few, or so few beside it, that it is not told */
        count: number | null;
        /** null: so few, or so few beside it, that it is not told */
        days: {
          quarter: number;
          half: number;
          threeQuarters: number;
        } | null;
        /** Which way it is better; null: it is no merit */
        good: 'more' | 'fewer' | null;
      }[];
      posts: {
        post: components['schemas']['PostId'];
        /** Tasks that left the post: answered, or taken by the tier above */
        turns: number;
        /** In time */
        acknowledged: number;
        /** In time */
        done: number;
      }[];
      /** Posts with so few turns that they are not told */
      postsNotTold: number;
      trend: {
        /** Mondays of the weeks that end in the month and are over */
        weeks: string[];
        /** Weeks that they are compared with: of the three months before */
        weeksBefore: number;
        /** How much more weeks differ than by chance */
        dispersion: number;
        /** Rows compared: of a hundred usual ones one is called unusual */
        compared: number;
        rows: components['schemas']['TrendRow'][];
      };
    };
    /** What was counted in a month */
    MonthTable: {
      name: 'disputes' | 'agreements' | 'repeats' | 'decisions' | 'lapses' | 'contests' | 'recalls' | 'deferrals';
      /** Which way it is better; null: it is no merit */
      good: 'more' | 'fewer' | null;
      area: components['schemas']['AreaCode'];
      /** null: so few, or so few beside it, that it is not told */
      total: number | null;
      cells: components['schemas']['Cell'][];
      /** Of the first value, in hundredths, where it is better or worse */
      share: number | null;
      /** The same of the areas below, down to townships */
      below: {
        area: components['schemas']['AreaCode'];
        /** null: so few, or so few beside it, that it is not told */
        total: number | null;
        cells: components['schemas']['Cell'][];
        /** Of the first value, in hundredths, where it is better or worse */
        share: number | null;
      }[];
    };
    /** In both languages */
    Name: {
      zh: string;
      en: string;
    };
    /** The notice to the person concerned */
    Notice: {
      id: components['schemas']['CaseId'];
      notice: components['schemas']['NoticeText'];
    };
    /** What the person concerned is told (PIPL 17); nobody else is named */
    NoticeText: {
      part: 'what' | 'why' | 'basis' | 'who' | 'how' | 'how-long' | 'see' | 'correct' | 'contest';
      zh: string;
      en: string;
    }[];
    /** What the affected person, spoken to alone, wants */
    OptIn: {
      /** She wants to sit at one table with the other side; false takes it back */
      wants: boolean;
      /** She was spoken to alone, before; needed for an opt-in */
      alone?: boolean;
      /** How she was asked, and what she said */
      reason: string;
    };
    /** A person as the identity provider names them */
    PersonId: string;
    /** Somebody in a dispute, in one role */
    PersonInRole: {
      dispute: components['schemas']['DisputeId'];
      /** Which person in role: for an erasure; not for whoever was reported: it names the channel */
      ref?: string;
      /** What the person is in the dispute */
      part: 'complainant' | 'respondent' | 'affected' | 'witness' | 'child' | 'other';
      name?: string;
      idNumber?: string;
      phone?: string;
      bornOn?: string;
      address?: string;
      /** How they may safely be reached */
      contact?: {
        /** none: nobody is written to */
        channel: 'sms' | 'voice' | 'e-mail' | 'none';
        /** The safe number or e-mail address; absent: the phone told */
        reach?: string;
        /** Safe from this time of day on; absent: all day, outside quiet hours */
        from?: string;
        /** Safe until this time of day */
        to?: string;
        /** What is never to be used, in words */
        never: string[];
      };
      /** Erased: nothing else is there any more */
      erased?: true;
    };
    /** A contest, a correction or a request, and what came of it */
    PersonsRequest: {
      n: number;
      about: 'contest' | 'correction' | 'right';
      right?: 'know' | 'copy' | 'explain' | 'correct' | 'erase' | 'restrict' | 'transfer' | 'withdraw-consent';
      /** Of a correction */
      what?: 'facts' | 'date' | 'event' | 'role' | 'own-data';
      event?: string;
      /** When it was received */
      at: components['schemas']['Instant'];
      /** A post entered it for an agent */
      agent: boolean;
      /** When somebody first took it up */
      takenUpAt: components['schemas']['Instant'] | null;
      /** null: it is answered */
      answerBy: components['schemas']['Instant'] | null;
      /** The time for an answer is over, and there is none */
      late: boolean;
      outcome: string | null;
      answeredAt: components['schemas']['Instant'] | null;
      /** Which post answered, never who; null: nobody did */
      answeredBy: {
        post: components['schemas']['PostId'];
        zh: string;
        en: string;
      } | null;
      /** What was written; what was erased is left out */
      words: string[];
      /** Why it was answered so */
      reason: string | null;
      /** Where else to go */
      routes: components['schemas']['LegalRoute'][];
    };
    /** Where it stands, for who may see what */
    Phase: 'before' | 'level' | 'after' | 'open' | 'closed';
    /** What is added to a plan, and which tasks end */
    PlanAmendment: {
      /** Why: what happened, and what it changes */
      reason: string;
      /** The events that it rests on, neither withdrawn nor duplicates */
      events: string[];
      add?: {
        kind:
          | 'people-mediation'
          | 'trade-mediation'
          | 'administrative-mediation'
          | 'judicial-mediation'
          | 'petition-mediation'
          | 'counselling'
          | 'crisis-intervention'
          | 'hardship-relief'
          | 'work-and-training'
          | 'newcomer-support'
          | 'legal-aid'
          | 'interpreter'
          | 'joint-visit'
          | 'safety-planning';
        /** A post; absent: whom the responsibility list names, else the county assigns */
        owner?: string;
        /** By when; absent: as long as such a measure has */
        due?: string;
        /** Whom the parties chose, of the registry */
        mediator?: string;
      }[];
      /** Numbers of the tasks that end: measure-2 */
      withdraw?: string[];
    };
    /** Advice for a plan; people choose */
    PlanProposal: {
      id: components['schemas']['CaseId'];
      /** A plan at this level holds so many measures */
      most: number;
      /** It holds so many already */
      held: number;
      measures: {
        kind:
          | 'people-mediation'
          | 'trade-mediation'
          | 'administrative-mediation'
          | 'judicial-mediation'
          | 'petition-mediation'
          | 'counselling'
          | 'crisis-intervention'
          | 'hardship-relief'
          | 'work-and-training'
          | 'newcomer-support'
          | 'legal-aid'
          | 'interpreter'
          | 'joint-visit'
          | 'safety-planning';
        /** The need or the matter that calls for it */
        why: components['schemas']['Name'][];
        /** By the responsibility list; null: the county assigns it */
        owner: components['schemas']['PostId'] | null;
        due: components['schemas']['Instant'];
      }[];
      note: string;
    };
    /** What the police are told, and what was done to prevent it */
    PoliceNotice: {
      ground: 'may-turn-violent';
      /** The danger, and nothing else */
      facts: (
        | 'threat_to_kill'
        | 'threat_to_harm'
        | 'weapon_present'
        | 'weapon_access'
        | 'physical_assault'
        | 'injury'
        | 'stalking_harassment'
      )[];
      /** Preventive steps that were taken; not told to the police */
      steps: string;
    };
    /** A post and who holds it */
    Post: {
      post: components['schemas']['PostId'];
      name: components['schemas']['Name'];
      area: components['schemas']['AreaCode'];
      department: string;
      /** Name of the department in the city file */
      departmentName: components['schemas']['Name'];
      tier: string;
      role: components['schemas']['PostRole'];
      lead: boolean;
      /** The ETag is this number in quotes */
      version: number;
      holders: components['schemas']['Holding'][];
      deputy: components['schemas']['Holding'] | null;
      absences: components['schemas']['Absence'][];
      /** Who acts for it now */
      acting: {
        person: components['schemas']['PersonId'];
        through: components['schemas']['Through'];
      }[];
      /** The last change */
      changed: {
        at: components['schemas']['Instant'];
        by: components['schemas']['ActingPerson'];
        reason: string;
      } | null;
    };
    /** Who holds a post from now on */
    PostChange: {
      /** All who hold the post, in place of those before */
      holders: {
        person: components['schemas']['PersonId'];
        from: components['schemas']['Instant'];
        /** No longer from this instant on; null: no end */
        to?: components['schemas']['Instant'] | null;
      }[];
      /** Acts while no holder is there; left out: nobody */
      deputy?: {
        person: components['schemas']['PersonId'];
        /** Left out: from now on */
        from?: components['schemas']['Instant'];
        /** No longer from this instant on; null: no end */
        to?: components['schemas']['Instant'] | null;
      } | null;
      /** Why */
      reason: string;
    };
    /** The changes of a post, the newest first */
    PostHistory: {
      post: components['schemas']['PostId'];
      versions: components['schemas']['PostVersion'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** A post: area code and duty */
    PostId: string;
    /** A post, without persons */
    PostLine: {
      post: components['schemas']['PostId'];
      name: components['schemas']['Name'];
      area: components['schemas']['AreaCode'];
      department: string;
      /** Name of the department in the city file */
      departmentName: components['schemas']['Name'];
      tier: string;
      role: components['schemas']['PostRole'];
      lead: boolean;
      /** Somebody acts for it now */
      held: boolean;
    };
    /** What its holders may see and do: docs/who-may.md */
    PostRole:
      | 'grid-officer'
      | 'mediator'
      | 'department-officer'
      | 'community-police'
      | 'supervisor'
      | 'county-centre'
      | 'domestic-violence-specialist'
      | 'independent-reviewer'
      | 'administrator'
      | 'auditor'
      | 'gateway';
    /** One change of a post */
    PostVersion: {
      /** The ETag is this number in quotes */
      version: number;
      at: components['schemas']['Instant'];
      by: components['schemas']['ActingPerson'];
      reason: string;
      holders: components['schemas']['Holding'][];
      deputy: components['schemas']['Holding'] | null;
      absences: components['schemas']['Absence'][];
    };
    /** Posts by their ids; may lag by a moment */
    Posts: {
      posts: components['schemas']['PostLine'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** Problem document, RFC 9457 */
    Problem: {
      /** Stable name of the problem: docs/problems.md */
      type: string;
      /** What the type means */
      title: string;
      /** HTTP status */
      status: number;
      /** What happened and what to do; never personal data */
      detail: string;
      /** Correlation id of the request */
      instance?: string;
      /** What is wrong with the request: path, value, what is allowed */
      faults?: {
        path: string;
        value: unknown;
        allowed: string;
      }[];
      /** What would be possible instead */
      allowed?: string[];
    };
    /** The safe channel and number or address, as they stand now */
    Reach: {
      channel: 'sms' | 'voice' | 'e-mail';
      number: string;
    };
    /** What somebody has to destroy and has not confirmed yet */
    Recall: {
      taskId: components['schemas']['TaskId'];
      /** The post that received it */
      to: components['schemas']['PostId'];
      /** Who is accountable now: the same, or the tier above that it has climbed to */
      owner: components['schemas']['PostId'];
      /** How it came by it */
      received: ('shared' | 'worked' | 'talked' | 'asked' | 'notified')[];
      /** What it received, by field; nothing of it is repeated here */
      fields: string[];
      cause: 'over' | 'resolved' | 'level-ended' | 'not-needed' | 'corrected' | 'erased';
      /** The cause, as people read it */
      why: components['schemas']['Name'];
      /** Since when it has to be destroyed */
      since: components['schemas']['Instant'];
      due: components['schemas']['Instant'];
      /** How many tiers it has climbed unconfirmed */
      climbs: number;
    };
    /** What is to be destroyed and has not been confirmed */
    Recalls: {
      recalls: components['schemas']['Recall'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** The report is in the record */
    Receipt: {
      /** <channel>/<source id> */
      report: string;
      dispute?: components['schemas']['DisputeId'] | null;
      case?: components['schemas']['CaseId'] | null;
      /** Help was asked for: no dispute, no case */
      referral?: components['schemas']['ReferralId'];
      /** It was received before; nothing was written */
      repeated: boolean;
    };
    /** A post that received something, beside those that handle it now */
    Recipient: {
      /** null: the post would tell something about somebody else */
      to: components['schemas']['PostId'] | null;
      name: components['schemas']['Name'] | null;
      how: 'shared' | 'worked' | 'talked' | 'asked' | 'notified';
      /** Which fields, as docs/who-may.md names them */
      what: string[];
      on: string;
      /** Last day of what was shared */
      until: string | null;
      /** called-back: to be destroyed, and not confirmed yet; ended: nothing of it is left to call back */
      state: 'standing' | 'called-back' | 'destroyed' | 'ended';
      /** Why it was called back */
      cause: 'over' | 'resolved' | 'level-ended' | 'not-needed' | 'corrected' | 'erased' | null;
    };
    /** Oldest first */
    Recipients: {
      id: components['schemas']['MatterId'];
      recipients: components['schemas']['Recipient'][];
    };
    /** Help without a dispute; only the granted fields are there */
    Referral: {
      id: components['schemas']['ReferralId'];
      status?: string;
      phase?: components['schemas']['Phase'];
      area?: components['schemas']['AreaCode'];
      disputeType?: components['schemas']['DisputeType'];
      /** The post accountable for the whole */
      owner?: string;
      openedAt?: components['schemas']['Instant'];
      changedAt?: components['schemas']['Instant'];
      /** Legal hold: kept until then, whatever its time */
      heldUntil?: components['schemas']['Instant'] | null;
      /** What parties agreed on, and what became of it; null: not looked at yet */
      agreements?: {
        id: components['schemas']['AgreementId'];
        on: components['schemas']['Instant'];
        outcome: 'kept' | 'broken' | 'unknown' | null;
        /** What the parties themselves said of it, for whoever looks at it */
        said?: Partial<Record<'complainant' | 'respondent', 'kept' | 'broken'>>;
      }[];
      /** It went into that one, with all that it was */
      mergedInto?: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      /** What went into this one */
      absorbed?: (components['schemas']['CaseId'] | components['schemas']['DisputeId'])[];
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      outcomes?: string[];
      /** Help that is wanted and not yet answered */
      wanted?: (
        | 'hardship-relief'
        | 'counselling'
        | 'work-and-training'
        | 'newcomer-support'
        | 'legal-aid'
        | 'interpreter'
      )[];
    };
    /** What was erased and until when backups hold it */
    ReferralErasure: {
      referral: components['schemas']['ReferralId'];
      ref: string;
      erasedAt: components['schemas']['Instant'];
      /** When no backup holds it any more */
      completeOn: components['schemas']['Instant'];
    };
    /** Identifier of a referral */
    ReferralId: string;
    /** A referral and, where granted, who is in it */
    ReferralReply: {
      referral: components['schemas']['Referral'];
      people?: {
        /** Which person in role: for an erasure; not for whoever was reported: it names the channel */
        ref?: string;
        /** What the person is in the dispute */
        part: 'complainant' | 'respondent' | 'affected' | 'witness' | 'child' | 'other';
        name?: string;
        idNumber?: string;
        phone?: string;
        bornOn?: string;
        address?: string;
        /** How they may safely be reached */
        contact?: {
          /** none: nobody is written to */
          channel: 'sms' | 'voice' | 'e-mail' | 'none';
          /** The safe number or e-mail address; absent: the phone told */
          reach?: string;
          /** Safe from this time of day on; absent: all day, outside quiet hours */
          from?: string;
          /** Safe until this time of day */
          to?: string;
          /** What is never to be used, in words */
          never: string[];
        };
        /** Erased: nothing else is there any more */
        erased?: true;
      }[];
      words?: {
        report: string;
        source?: string;
        /** Words on needs are masked by ■ for whoever may not see needs */
        text?: string;
        /** What both sides agreed on, where it was settled on the spot */
        agreement?: string;
        erased?: true;
      }[];
    };
    /** It is held no more */
    Release: {
      /** A case or a dispute */
      id: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      n: number;
      repeated: boolean;
    };
    /** It is open again */
    Reopening: {
      id: components['schemas']['CaseId'];
      n: number;
      repeated: boolean;
    };
    /** What somebody tells about a dispute */
    Report: {
      /** Through which channel it came; each role has its own */
      channel: 'grid' | 'police' | 'department' | 'resident';
      /** The sender’s own number of the report: the same one again changes nothing */
      sourceId: string;
      /** Who tells it, in words */
      source: string;
      /** When it happened, if known */
      occurredAt?: string;
      /** When it was told */
      reportedAt: string;
      /** Where: GB/T 2260 code, as narrow as known */
      area: string;
      disputeType:
        | 'marriage_family'
        | 'intimate_partner'
        | 'neighbour'
        | 'debt'
        | 'labour_wage'
        | 'land_homestead'
        | 'inheritance'
        | 'medical'
        | 'traffic_compensation'
        | 'consumer'
        | 'tenancy'
        | 'group_construction'
        | 'other'
        | 'none';
      /** What was told, in its own words; kept sealed */
      text: string;
      /** What of it the closed catalogue knows */
      facts: {
        type:
          | 'threat_to_kill'
          | 'threat_to_harm'
          | 'weapon_present'
          | 'weapon_access'
          | 'physical_assault'
          | 'injury'
          | 'stalking_harassment'
          | 'property_damage'
          | 'prior_police_calls'
          | 'prior_mediation_failed'
          | 'settled'
          | 'calm_cooperative'
          | 'wants_mediation'
          | 'threat_self_harm'
          | 'hardship_medical'
          | 'hardship_income'
          | 'eviction_or_job_loss'
          | 'separation_or_divorce'
          | 'children_present'
          | 'alcohol_involved'
          | 'amount_cny';
        /** true, or the number of a fact that counts or sums */
        value: boolean | number;
        /** Where in text it is said: the first character, counted from 0 in UTF-16 */
        start: number;
        /** Where that ends: the character after the last */
        end: number;
        /** It is said not to be so */
        negated: boolean;
        /** Whoever tells it did not see it */
        hearsay: boolean;
      }[];
      /** By whom and how it was verified on the spot; not from residents */
      verified?: {
        by: string;
        how: string;
      };
      /** Who took part; each is kept sealed under a key of their own */
      people: {
        /** What the person is in the dispute; affected: may be hurt */
        role: 'complainant' | 'respondent' | 'affected' | 'witness' | 'child' | 'other';
        name?: string;
        /** GB 11643: 18 characters with a valid checksum */
        idNumber?: string;
        phone?: string;
        bornOn?: string;
        address?: string;
        /** How they may safely be reached; absent: they are not written to */
        contact?: {
          /** none: nobody is written to */
          channel: 'sms' | 'voice' | 'e-mail' | 'none';
          /** The safe number or e-mail address; absent: the phone told */
          reach?: string;
          /** Safe from this time of day on; absent: all day, outside quiet hours */
          from?: string;
          /** Safe until this time of day */
          to?: string;
          /** What is never to be used, in words */
          never?: string[];
        };
      }[];
      /** It was settled on the spot by whoever reports it; not from residents */
      settlement?: {
        /** What both sides agreed on; kept sealed */
        agreement: string;
      };
      /** Help that is wanted where there is no dispute: what, never who somebody is */
      help?: (
        | 'hardship-relief'
        | 'counselling'
        | 'work-and-training'
        | 'newcomer-support'
        | 'legal-aid'
        | 'interpreter'
      )[];
      /** The grid round on which it was found; only through the grid */
      round?: {
        id: string;
        /** A place of that round */
        place?: string;
      };
    };
    /** It was received */
    Requested: {
      id: components['schemas']['MatterId'];
      /** Number of the action in the history: names what was asked */
      n: number;
      /** By when it is answered */
      answerBy: components['schemas']['Instant'];
      repeated: boolean;
    };
    /** What somebody asked, oldest first */
    Requests: {
      id: components['schemas']['MatterId'];
      requests: components['schemas']['PersonsRequest'][];
    };
    /** What is asked for, and whose it is */
    RightsAsk: {
      /** What is asked for (PIPL 44–48) */
      right: 'know' | 'copy' | 'explain' | 'correct' | 'erase' | 'restrict' | 'transfer' | 'withdraw-consent';
      /** Of a correction: what is wrong */
      what?: 'facts' | 'date' | 'event' | 'role' | 'own-data';
      /** Of a correction: the event, as a read names it */
      event?: string;
      /** Of own data: all of it, as it shall stand */
      ownData?: {
        name?: string;
        /** GB 11643: 18 characters with a valid checksum */
        idNumber?: string;
        phone?: string;
        bornOn?: string;
        address?: string;
      };
      /** Whose, as a read names it; needed where a post enters it; absent: the person’s own place */
      ref?: string;
      /** What is asked for, and why; kept sealed */
      words: string;
      /** Where a post enters it for an agent; never by the person themself */
      agent?: {
        /** Who acts for the person; kept sealed */
        name: string;
        /** What says so: a written mandate and its date, a guardianship */
        mandate: string;
      };
    };
    /** Who is on duty in an area, by beginning */
    Roster: {
      area: components['schemas']['AreaCode'];
      shifts: components['schemas']['Shift'][];
      /** Of a county only: absences and ends of holdings count */
      gaps: components['schemas']['RosterGap'][];
    };
    /** Too few departments are on duty: red needs two at every hour */
    RosterGap: {
      from: components['schemas']['Instant'];
      to: components['schemas']['Instant'];
      /** Those on duty all the same */
      departments: string[];
    };
    /** Places to look at on a day, never persons */
    Round: {
      id: components['schemas']['RoundId'];
      status?: string;
      phase?: components['schemas']['Phase'];
      area?: components['schemas']['AreaCode'];
      disputeType?: components['schemas']['DisputeType'];
      /** The post accountable for the whole */
      owner?: string;
      openedAt?: components['schemas']['Instant'];
      changedAt?: components['schemas']['Instant'];
      /** Legal hold: kept until then, whatever its time */
      heldUntil?: components['schemas']['Instant'] | null;
      /** What parties agreed on, and what became of it; null: not looked at yet */
      agreements?: {
        id: components['schemas']['AgreementId'];
        on: components['schemas']['Instant'];
        outcome: 'kept' | 'broken' | 'unknown' | null;
        /** What the parties themselves said of it, for whoever looks at it */
        said?: Partial<Record<'complainant' | 'respondent', 'kept' | 'broken'>>;
      }[];
      /** It went into that one, with all that it was */
      mergedInto?: components['schemas']['CaseId'] | components['schemas']['DisputeId'];
      /** What went into this one */
      absorbed?: (components['schemas']['CaseId'] | components['schemas']['DisputeId'])[];
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      outcomes?: string[];
      day?: string;
      places?: string[];
      /** Places where a dispute was found */
      found?: string[];
    };
    /** Identifier of a grid round */
    RoundId: string;
    /** The round is in the record */
    RoundPlanned: {
      id: components['schemas']['RoundId'];
      repeated: boolean;
    };
    /** A grid round */
    RoundReply: {
      round: components['schemas']['Round'];
    };
    /** What was found by each way, small cells suppressed */
    Screening: {
      area: components['schemas']['AreaCode'];
      from: string;
      to: string;
      routes: {
        route: 'grid' | 'police' | 'department' | 'resident';
        /** null: fewer than ten */
        total: number | null;
        /** Of open, verified, dismissed, settled, case, ended */
        cells: components['schemas']['Cell'][];
        shares: {
          /** Hundredths; null where so few would tell somebody */
          verified: number | null;
          /** Hundredths; null where so few would tell somebody */
          dismissed: number | null;
          /** Hundredths; null where so few would tell somebody */
          case: number | null;
        };
      }[];
    };
    /** What the city decided */
    Settings: {
      city: {
        id: string;
        code: string;
        name: {
          zh: string;
          en: string;
        };
      };
      /** House presets are not statutory */
      note: string;
      /** The city file without the identity provider */
      settings: Record<string, unknown>;
    };
    /** Which fields, for which help, for which post, until when */
    Share: {
      /** The post that is to see it: nobody else opens the view */
      to: string;
      /** The help for which it is needed: nothing else is a reason to share */
      need:
        | 'people-mediation'
        | 'trade-mediation'
        | 'administrative-mediation'
        | 'judicial-mediation'
        | 'petition-mediation'
        | 'counselling'
        | 'crisis-intervention'
        | 'hardship-relief'
        | 'work-and-training'
        | 'newcomer-support'
        | 'legal-aid'
        | 'interpreter'
        | 'joint-visit'
        | 'safety-planning';
      /** What of the case, and no more than is needed */
      fields: ('events' | 'needs' | 'danger' | 'visit' | 'parties' | 'address')[];
      /** The last moment: then the view is shut, and copies are destroyed */
      until: string;
      /** Why this post needs this to help */
      reason: string;
    };
    /** Identifier of what is shared of a case; it grants nothing */
    ShareId: string;
    /** Part of a case, for one post, until a day */
    SharedView: {
      share: {
        id: components['schemas']['ShareId'];
        from: components['schemas']['PostId'];
        need:
          | 'people-mediation'
          | 'trade-mediation'
          | 'administrative-mediation'
          | 'judicial-mediation'
          | 'petition-mediation'
          | 'counselling'
          | 'crisis-intervention'
          | 'hardship-relief'
          | 'work-and-training'
          | 'newcomer-support'
          | 'legal-aid'
          | 'interpreter'
          | 'joint-visit'
          | 'safety-planning';
        fields: ('events' | 'needs' | 'danger' | 'visit' | 'parties' | 'address')[];
        until: components['schemas']['Instant'];
      };
      case: components['schemas']['Case'];
      people?: components['schemas']['PersonInRole'][];
    };
    /** A turn of duty */
    Shift: {
      id: components['schemas']['ShiftId'];
      /** The ETag is this number in quotes */
      version: number;
      post: components['schemas']['PostId'];
      name: components['schemas']['Name'];
      department: string;
      person: components['schemas']['PersonId'];
      channel: components['schemas']['DutyChannel'];
      from: components['schemas']['Instant'];
      to: components['schemas']['Instant'];
      withdrawn: {
        at: components['schemas']['Instant'];
        by: components['schemas']['ActingPerson'];
        reason: string;
      } | null;
    };
    /** Identifier of a shift */
    ShiftId: string;
    /** A turn of duty of somebody who holds the post, or is its deputy */
    ShiftPlan: {
      post: components['schemas']['PostId'];
      person: components['schemas']['PersonId'];
      channel: components['schemas']['DutyChannel'];
      from: components['schemas']['Instant'];
      to: components['schemas']['Instant'];
    };
    /** Counts of what is open, small cells suppressed */
    Statistics: {
      area: components['schemas']['AreaCode'];
      at: components['schemas']['Instant'];
      /** The month whose decisions are counted */
      month: string;
      tables: {
        name: string;
        cells: components['schemas']['Cell'][];
      }[];
    };
    /** What the law gives how much time for: information */
    Statute: {
      zh: string;
      en: string;
      limit: components['schemas']['Name'];
      law: components['schemas']['Name'];
      article: string;
    };
    /** Whether levels may begin and rise */
    Switch: {
      /** stopped: none begins or rises. releasing: the same, one of two wants the release. released: people decide */
      levels: 'stopped' | 'releasing' | 'released';
      /** The last turns, the newest first */
      turns: components['schemas']['SwitchTurn'][];
      /** After it no level begins, rises or is renewed, and no report opens anything */
      sunset: {
        /** Last day on which anything new opens */
        date: string;
        over: boolean;
      };
    };
    /** One turn of the switch */
    SwitchTurn: {
      n: number;
      at: components['schemas']['Instant'];
      /** For which post it was turned */
      post: components['schemas']['PostId'];
      state: 'stopped' | 'releasing' | 'released';
      reason: string;
    };
    /** What is wanted of the switch */
    SwitchWish: {
      /** stop: at once, by one person. release: by two of different departments */
      levels: 'stop' | 'release';
      /** Why; nothing about any person */
      reason: string;
    };
    /** Human work with clocks, for which exactly one post is accountable */
    Task: {
      taskId: components['schemas']['TaskId'];
      /** Kind and number within its case or dispute */
      no: string;
      kind: components['schemas']['TaskKind'];
      measure: components['schemas']['MeasureKind'] | null;
      /** The event that it is about */
      event: string | null;
      /** Of what the county assigns: the task, or `case`; of a case offered as a whole: by which post; of an agreement: its number */
      about: string | null;
      /** By the clocks of which level it runs; null also where that may not be seen */
      level: components['schemas']['Level'] | null;
      /** The accountable post */
      owner: string;
      /** A post that takes part: it acknowledges too and may report danger */
      joining: string | null;
      /** When that post acknowledged */
      joinedAt: components['schemas']['Instant'] | null;
      /** Named for a mandatory report: who acknowledged it, and alone answers */
      takenBy: components['schemas']['PersonId'] | null;
      openedAt: components['schemas']['Instant'];
      from: components['schemas']['Instant'];
      /** Its window is open */
      begun: boolean;
      acknowledgedAt: components['schemas']['Instant'] | null;
      /** Until when it is to be acknowledged; then it climbs */
      acknowledgeBy: components['schemas']['Instant'] | null;
      /** When something was first done about it */
      actedAt: components['schemas']['Instant'] | null;
      /** Until when something must have been done about it; then it climbs */
      actBy: components['schemas']['Instant'] | null;
      /** Its clocks stand still while others have to act */
      paused: {
        since: components['schemas']['Instant'];
        waitingFor: 'party' | 'department' | 'court' | 'appraisal';
      } | null;
      /** How often its end was put off */
      extensions: number;
      /** Whom the parties chose */
      mediator: string | null;
      /** Of a mediation: who has said that they want it */
      consents: ('complainant' | 'respondent')[];
      /** Until when it is to be answered; then it climbs, or its level lapses */
      due: components['schemas']['Instant'];
      /** The clock of law beside the city’s preset; absent: there is none */
      statutory?: {
        zh: string;
        en: string;
        article: string;
        /** When the time that the law gives is over; never later than that */
        due: components['schemas']['Instant'];
        /** Put off as the law allows: by agreement, or once with reasons */
        longer: boolean;
        /** Clocks of law that follow from it: a court’s, a review’s */
        others: components['schemas']['Statute'][];
      };
      /** How many tiers it has climbed */
      climbs: number;
      /** Offered to another post: the owner stays accountable until that one accepts */
      handOff: {
        id: string;
        /** A post: <area code>.<duty> */
        to: string;
        until: components['schemas']['Instant'];
      } | null;
    };
    /** Identifier of a task: its case or dispute, its kind and number */
    TaskId: string;
    /** Kind of human work */
    TaskKind:
      | 'round'
      | 'settle'
      | 'enquiry'
      | 'police-notice'
      | 'offer-help'
      | 'crisis-help'
      | 'child-protection'
      | 'citizen-notice'
      | 'confirm-facts'
      | 'verify'
      | 'protective-contact'
      | 'talk'
      | 'minutes'
      | 'decide'
      | 'second'
      | 'reason-review'
      | 'protect'
      | 'safety-plan'
      | 'forewarn'
      | 'notify'
      | 'second-deferral'
      | 'plan'
      | 'assign'
      | 'measure'
      | 'confirm-agreement'
      | 'take-over'
      | 'review'
      | 'renew'
      | 'renewal-review'
      | 'lapse-review'
      | 'contest'
      | 'contest-second'
      | 'correction'
      | 'rights-request'
      | 'resolve'
      | 'agreement-check'
      | 'check-in'
      | 'destroy'
      | 'tell-hold'
      | 'access-review';
    /** An open task */
    TaskLine: {
      taskId: components['schemas']['TaskId'];
      kind: components['schemas']['TaskKind'];
      owner: components['schemas']['PostId'];
      /** The next timer; of the overdue: the end of the present window */
      due: components['schemas']['Instant'];
      /** How soon somebody must look; over with its task */
      urgency: 'now' | 'today' | 'routine' | null;
      climbs: number;
    };
    /** Open tasks, the most urgent first, then the next due */
    Tasks: {
      tasks: components['schemas']['TaskLine'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** Through what somebody acts; founder: until the directory names an administrator */
    Through: 'holder' | 'deputy' | 'founder';
    /** New disputes against the weeks before */
    TrendRow: {
      by: 'area' | 'type' | 'week';
      /** Area code, dispute type, or the Monday of a week */
      value: string;
      /** null: so few, or so few beside it, that it is not told */
      count: number | null;
      /** How many in the weeks before; null: one of their months does not tell its own */
      before: number | null;
      /** How often usual weeks would bring a number as far off, either way; at most so often where before is null */
      p: number | null;
      /** p below 0.01 */
      unusual: 'more' | 'fewer' | null;
    };
    /** Takes a shift back */
    Withdrawal: {
      /** Why */
      reason: string;
    };
    /** What a report said */
    Words: {
      dispute: components['schemas']['DisputeId'];
      report: string;
      source?: string;
      /** Words on needs are masked by ■ for whoever may not see needs */
      text?: string;
      /** What both sides agreed on, where it was settled on the spot */
      agreement?: string;
      erased?: true;
    };
  };
}
