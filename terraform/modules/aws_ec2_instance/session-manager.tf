resource "aws_iam_role" "this" {
  count = var.ssm ? 1 : 0

  name        = "${var.name}-ec2"
  description = "Lets Session Manager reach the server ${var.name}."

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })

  tags = merge(var.tags, { Name = "${var.name}-ec2" })
}

resource "aws_iam_role_policy_attachment" "session_manager" {
  count = var.ssm ? 1 : 0

  role       = aws_iam_role.this[0].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  count = var.ssm ? 1 : 0

  name = "${var.name}-ec2"
  role = aws_iam_role.this[0].name

  tags = merge(var.tags, { Name = "${var.name}-ec2" })

  # A server that boots before its role may do anything waits half an hour to register.
  depends_on = [aws_iam_role_policy_attachment.session_manager]

  # Deleted after the server has let go of it, not before.
  lifecycle {
    create_before_destroy = true
  }
}
