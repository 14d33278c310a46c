run "fails_at_create_when_asked_to" {
  command = plan

  variables {
    name    = "shop"
    fail_at = "create"
  }

  assert {
    condition     = terraform_data.rollout.input.fail_on_create == 1 && terraform_data.rollout.input.fail_on_destroy == 0
    error_message = "Only the create fails."
  }
}
