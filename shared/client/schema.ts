/** Written by `npm run contract` from docs/openapi.json; whoever edits it edits in vain. */

export interface paths {
  '/audit/{person}/{date}': {
    get: operations['read-person-audit'];
  };
  '/cases': {
    get: operations['list-cases'];
  };
  '/cases/{id}': {
    get: operations['read-case'];
  };
  '/cases/{id}/audit': {
    get: operations['read-case-audit'];
  };
  '/cases/{id}/break-glass': {
    post: operations['break-glass'];
  };
  '/cases/{id}/danger-note': {
    get: operations['read-danger-note'];
  };
  '/cases/{id}/history': {
    get: operations['read-case-history'];
  };
  '/cases/{id}/visit-instruction': {
    put: operations['instruct-visit'];
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
  '/disputes/{id}/erasures': {
    post: operations['erase-person'];
  };
  '/disputes/{id}/history': {
    get: operations['read-dispute-history'];
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
  '/me': {
    get: operations['read-me'];
  };
  '/me/matters': {
    get: operations['list-my-matters'];
  };
  '/me/tasks': {
    get: operations['list-my-tasks'];
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
  '/reports': {
    post: operations['send-report'];
  };
  '/roster': {
    get: operations['read-roster'];
    post: operations['add-shift'];
  };
  '/roster/{shiftId}/withdraw': {
    post: operations['withdraw-shift'];
  };
  '/settings': {
    get: operations['read-settings'];
  };
  '/statistics': {
    get: operations['read-statistics'];
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
  '/tasks/{taskId}/decline': {
    post: operations['decline-task'];
  };
  '/tasks/{taskId}/hand-off': {
    post: operations['hand-off-task'];
  };
}

export interface operations {
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
        /** Only cases, or only disputes */
        subject?: 'case' | 'dispute';
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
          ground: 'retention-over' | 'request' | 'court';
        };
      };
    };
    responses: {
      200: { content: { 'application/json': components['schemas']['Erasure'] } };
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
      413: { content: { 'application/problem+json': components['schemas']['Problem'] } };
      415: { content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  /** 统计 / Counts of what is open, small cells suppressed */
  'read-statistics': {
    parameters: {
      query?: {
        /** Absent: the area of the acting post */
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
          note?: string;
        }
      | {
          outcome: 'yes' | 'no' | 'nothing-held';
          note?: string;
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
          note?: string;
        }
      | {
          outcome: 'verified' | 'unfounded';
          note?: string;
        }
      | {
          outcome: 'contacted' | 'not-needed';
          note?: string;
        }
      | {
          outcome: 'met' | 'not-met';
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
            /** A post; absent: whom the responsibility list names */
            owner?: string;
            /** By when */
            due?: string;
            /** Whom the parties chose, of the registry */
            mediator?: string;
          }[];
          note?: string;
        }
      | {
          outcome: 'confirm' | 'raise' | 'lower' | 'dismiss';
          level?: 'yellow' | 'orange' | 'red';
          reason: string;
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
          outcome: 'kept' | 'ended';
          note?: string;
        }
      | {
          outcome: 'told';
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
            /** A post; absent: whom the responsibility list names */
            owner?: string;
            /** By when */
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
          note?: string;
        }
      | {
          outcome: 'filed' | 'not-wanted';
          note?: string;
        }
      | {
          outcome: 'accepted' | 'declined';
          note?: string;
        }
      | {
          outcome: 'continue' | 'reassess';
          note?: string;
        }
      | {
          outcome: 'renewed' | 'ended';
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
          outcome: 'well' | 'declined' | 'concern' | 'relapse';
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
    /** Open cases and disputes */
    Board: {
      cases: components['schemas']['BoardLine'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** An open case or dispute, by place and by when it was opened; nobody is ranked */
    BoardLine: {
      id: string;
      subject: 'case' | 'dispute';
      status: string;
      phase: components['schemas']['Phase'];
      /** A post: <area code>.<duty> */
      owner: string;
      area: components['schemas']['AreaCode'];
      disputeType: components['schemas']['DisputeType'];
      openedAt: components['schemas']['Instant'];
      changedAt: components['schemas']['Instant'];
      level?: components['schemas']['Level'] | null;
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
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      disputes?: components['schemas']['DisputeId'][];
      level?:
        | (
            | {
                colour: components['schemas']['Level'];
                since: components['schemas']['Instant'];
                lapses: components['schemas']['Instant'];
                awaitsSecondTo: string | null;
                afterRed: boolean;
                renewed: boolean;
                decidedBy: number | null;
              }
            | {
                colour: null;
                resolvedAs: components['schemas']['Level'];
                resolvedAt: components['schemas']['Instant'];
              }
          )
        | null;
      safetyPlan?: boolean;
      /** The person concerned has been told */
      told?: boolean;
      events?: {
        id: string;
        at: components['schemas']['Instant'];
        receivedAt?: components['schemas']['Instant'];
        state: 'unverified' | 'verified' | 'withdrawn';
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
          /** A post: <area code>.<duty> */
          owner: string;
        }[];
        done?: number;
      } | null;
      needs?: {
        facts: components['schemas']['FactType'][];
        measures: components['schemas']['MeasureKind'][];
      };
      danger?: components['schemas']['FactType'][];
      /** How to come, not why */
      visit?: string | null;
    };
    /** Identifier of a case */
    CaseId: string;
    /** A case and, where granted, who is in its disputes */
    CaseReply: {
      case: components['schemas']['Case'];
      people?: components['schemas']['PersonInRole'][];
      words?: components['schemas']['Words'][];
    };
    /** A count, suppressed where small */
    Cell: {
      value: string;
      /** null: fewer than ten, or one that would tell them */
      count: number | null;
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
      tasks?: components['schemas']['Task'][];
      /** Tasks of hardship relief, counselling, crisis help */
      help?: {
        tasks: components['schemas']['Task'][];
      };
      outcomes?: string[];
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
          to?: string;
          tier?: string;
          level?: components['schemas']['Level'] | null;
          choice?: string;
          events?: string[];
          model?: string;
          inputHash?: string;
          proposal?: 'none' | 'yellow' | 'orange' | 'red';
          points?: number;
          note?: string;
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
    /** Set by people; ends by itself */
    Level: 'yellow' | 'orange' | 'red';
    /** A dispute that the person takes part in */
    Matter: {
      dispute: components['schemas']['DisputeId'];
      case?: components['schemas']['CaseId'];
      part: 'complainant' | 'respondent' | 'affected' | 'witness' | 'child' | 'other';
    };
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
    /** Advice, not a prediction; people decide */
    Models: {
      models: Record<string, unknown>[];
      note: string;
    };
    /** In both languages */
    Name: {
      zh: string;
      en: string;
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
      /** Erased: nothing else is there any more */
      erased?: true;
    };
    /** Where it stands, for who may see what */
    Phase: 'before' | 'level' | 'after' | 'open' | 'closed';
    /** A post and who holds it */
    Post: {
      post: components['schemas']['PostId'];
      name: components['schemas']['Name'];
      area: components['schemas']['AreaCode'];
      department: string;
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
      | 'auditor';
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
    /** The report is in the record */
    Receipt: {
      /** <channel>/<source id> */
      report: string;
      dispute?: components['schemas']['DisputeId'] | null;
      case?: components['schemas']['CaseId'] | null;
      /** It was received before; nothing was written */
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
      }[];
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
      tables: {
        name: string;
        cells: components['schemas']['Cell'][];
      }[];
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
      /** By the clocks of which level it runs; null also where that may not be seen */
      level: components['schemas']['Level'] | null;
      /** The accountable post */
      owner: string;
      openedAt: components['schemas']['Instant'];
      from: components['schemas']['Instant'];
      /** Its window is open */
      begun: boolean;
      acknowledgedAt: components['schemas']['Instant'] | null;
      /** Until when it is to be acknowledged; then it climbs */
      acknowledgeBy: components['schemas']['Instant'] | null;
      /** Until when it is to be answered; then it climbs, or its level lapses */
      due: components['schemas']['Instant'];
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
      | 'resolve'
      | 'check-in'
      | 'access-review';
    /** An open task */
    TaskLine: {
      taskId: components['schemas']['TaskId'];
      kind: components['schemas']['TaskKind'];
      owner: components['schemas']['PostId'];
      /** The next timer; of the overdue: the end of the present window */
      due: components['schemas']['Instant'];
      climbs: number;
    };
    /** Open tasks, the next due first */
    Tasks: {
      tasks: components['schemas']['TaskLine'][];
      /** Cursor of the next page; null at the end */
      next: string | null;
    };
    /** Through what somebody acts; founder: until the directory names an administrator */
    Through: 'holder' | 'deputy' | 'founder';
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
      erased?: true;
    };
  };
}
