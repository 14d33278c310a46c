resource "terraform_data" "one" {
  count = var.amount

  input = "${var.name}-${var.environment}-${count.index}"
}
