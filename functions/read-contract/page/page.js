// Shows the document that lies beside this page, whatever the stage is called.
globalThis.SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#contract',
  deepLinking: true,
  displayOperationId: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  // A token lives as long as the page.
  persistAuthorization: false,
  queryConfigEnabled: false,
  // Nobody outside is asked.
  validatorUrl: null,
});
