"""What the platform refuses, by its own codes; the sources are the pages of each endpoint."""

from collections.abc import Mapping

# code: HTTP status and sentence, as open.feishu.cn/document lists them for its server API
CODES: Mapping[int, tuple[int, str]] = {
    1: (200, "system busy"),
    403: (200, "forbidden"),
    404: (404, "404 page not found"),
    514: (200, "auth failed"),
    10003: (200, "invalid param"),
    10014: (200, "app secret invalid"),
    11206: (200, "the card update token has been used up or is not valid"),
    41012: (400, "user id invalid error"),
    41050: (400, "no user authority error"),
    99991400: (429, "request trigger frequency limit"),
    99991661: (
        400,
        "Missing access token for authorization. Please make a request with token attached.",
    ),
    99991662: (400, "The app is not in use."),
    99991663: (
        400,
        "Invalid access token for authorization. Please make a request with token attached.",
    ),
    99991671: (400, "Invalid access token for authorization. It must begin with t- or u-."),
    99991672: (400, "Access denied. One of the following scopes is required"),
    99992402: (400, "field validation failed"),
    230001: (400, "Your request contains an invalid request parameter"),
    230002: (400, "The bot can not be outside the group."),
    230006: (400, "Bot ability is not activated."),
    230011: (400, "The message is recalled."),
    230012: (400, "Bot is NOT the sender of the message."),
    230013: (400, "Bot has NO availability to this user."),
    230018: (400, "These operations are NOT allowed at current group settings."),
    230020: (400, "This operation triggers the frequency limit."),
    230022: (400, "The content of the message contains sensitive information."),
    230025: (400, "The length of the message content reaches its limit."),
    230027: (400, "Lack of necessary permissions."),
    230028: (400, "The messages do NOT pass the audit."),
    230031: (400, "The message was sent more than 14 days ago."),
    230035: (400, "Send Message Permission deny."),
    230038: (400, "Cross tenant p2p chat operate forbid."),
    230049: (400, "The message is being sent."),
    230053: (400, "The user has stopped the bot from sending messages."),
    230034: (400, "The receive_id is invalid."),
    230054: (400, "This type of message is unavailable in the connection group."),
    230075: (400, "Sending encrypted messages is not supported."),
    230099: (400, "Failed to create card content"),
    230110: (400, "Action unavailable as the message has been deleted."),
    232006: (400, "Your request specifies a chat_id which is invalid."),
    232009: (400, "Your request specifies a chat which has already been dissolved."),
    232011: (400, "Operator can NOT be out of the chat."),
    232033: (400, "The operator is NOT allowed to act in an external chat."),
    210502: (400, "app not exist"),
    234001: (400, "Invalid request param."),
    234003: (400, "File not in msg."),
    234006: (400, "The file size exceed the max value."),
    234010: (400, "File's size can't be 0."),
    91403: (403, "Forbidden"),
    190002: (400, "invalid parameters in request"),
    191000: (404, "calendar not found"),
    193000: (404, "event not found"),
    1254014: (200, "FieldNameDuplicated"),
    1254018: (200, "InvalidFilter"),
    1254040: (404, "BaseTokenNotFound"),
    1254041: (404, "TableIdNotFound"),
    1254043: (404, "RecordIdNotFound"),
    1254045: (404, "FieldNameNotFound"),
    1254060: (400, "TextFieldConvFail"),
    1254061: (400, "NumberFieldConvFail"),
    1254064: (400, "DatetimeFieldConvFail"),
    1254290: (429, "TooManyRequest"),
    1254291: (400, "Write conflict"),
    1254608: (403, "ReqRecommited"),
    1470400: (400, "invalid request parameter"),
    1470403: (403, "no permission"),
    1470404: (404, "resource not found"),
    1470500: (500, "server error"),
    1063001: (400, "Invalid parameter"),
    1063003: (400, "Invalid operation"),
    1063005: (400, "Resource is deleted"),
    1770001: (400, "invalid param"),
    1770002: (404, "not found"),
    40000000: (400, "Invalid Param"),
    1000040343: (200, "internal error"),
    1000040344: (200, "app_id or app_secret is missing"),
    1000040350: (200, "exceed connection limit"),
}


class Refused(Exception):
    """A request that the platform refuses."""

    def __init__(
        self,
        code: int,
        ext: str = "",
        *,
        message: str = "",
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        error: Mapping[str, object] | None = None,
    ) -> None:
        usual, sentence = CODES.get(code, (400, "refused"))
        self.code = code
        self.status = usual if status is None else status
        self.message = message or (f"{sentence.removesuffix('.')}, ext={ext}" if ext else sentence)
        self.headers = dict(headers or {})
        self.error = dict(error or {})
        super().__init__(f"{code}: {self.message}")
