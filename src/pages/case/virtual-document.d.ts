/** The hash by which the gateway knows the document of a case's screen: put in by the build. */
declare module 'virtual:case-screen' {
  const documentId: string;
  export default documentId;
}

/** Likewise, of the document of the access log. */
declare module 'virtual:my-data-access' {
  const documentId: string;
  export default documentId;
}
