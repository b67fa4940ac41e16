/** Text that may be known only once a resource has been created. */
export type Text = string | $util.Output<string>;
