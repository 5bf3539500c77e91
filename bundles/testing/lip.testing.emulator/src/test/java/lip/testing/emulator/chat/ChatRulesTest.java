package lip.testing.emulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lip.testing.emulator.Illegal;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRulesTest {
  private static final String USER = "{'role':'user','content':'hi'}";
  private static final String CALL =
      "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':"
          + "{'name':'f','arguments':'{}'}}]}";
  private static final String RESULT = "{'role':'tool','tool_call_id':'c1','content':'ok'}";
  private static final String TOOL = "{'type':'function','function':{'name':'f','parameters':{}}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'temperature':0.5,'top_p':1,'n':1,'seed':-3,'stop':['a'],'user':null",
        "'stream':true,'stream_options':{'include_usage':true}",
        "'tools':[@TOOL],'tool_choice':'none','parallel_tool_calls':false",
        "'tools':[@TOOL],'tool_choice':{'type':'function','function':{'name':'f'}}",
        "'tools':[@TOOL],'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto',"
            + "'tools':[{'type':'function','function':{'name':'f'}}]}}",
        "'tools':[{'type':'custom','custom':{'name':'x','format':{'type':'text'}}}]",
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{},'strict':true}}",
        "'max_completion_tokens':10,'reasoning_effort':'low','logprobs':true,'top_logprobs':2",
        "'metadata':{'a':'b'},'top_k':5,'provider':{}"
      })
  void allowsWhatTheProtocolAllows(String fields) {
    assertThatCode(() -> check("'model':'m','messages':[" + USER + "]," + fields))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'developer','content':[{'type':'text','text':'x'}]},@USER",
        "@USER,@CALL,@RESULT,@USER",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x/y.png'}},"
            + "{'type':'file','file':{'file_data':'data:x'}}]}",
        "@USER,{'role':'assistant','content':'','reasoning_content':'hm'},@USER",
        "@USER,{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]}"
      })
  void allowsMessages(String messages) {
    assertThatCode(() -> check("'model':'m','messages':[" + messages + "]"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "messages                     | 'model':'m'",
        "messages                     | 'model':'m','messages':[]",
        "model                        | 'messages':[@USER]",
        "model                        | 'model':7,'messages':[@USER]",
        "messages[0].role             | 'model':'m','messages':[{'role':'robot','content':'x'}]",
        "messages[0].content          | 'model':'m','messages':[{'role':'user'}]",
        "messages[0].content          | 'model':'m','messages':[{'role':'user','content':7}]",
        "messages[0].content          | 'model':'m','messages':[{'role':'user','content':[]}]",
        "messages[0].content[0].type  |"
            + " 'model':'m','messages':[{'role':'user','content':[{'type':'input_text','text':'x'}]}]",
        "messages[0].content[0].image_url.url |"
            + " 'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'x'}}]}]",
        "messages[0].extra            |"
            + " 'model':'m','messages':[{'role':'user','content':'x','extra':1}]",
        "messages[1].content          |"
            + " 'model':'m','messages':[@USER,{'role':'assistant','content':null}]",
        "messages[1].tool_call_id     | 'model':'m','messages':[@USER,@RESULT]",
        "messages[3].tool_call_id     | 'model':'m','messages':[@USER,@CALL,@RESULT,@RESULT]",
        "messages[2]                  | 'model':'m','messages':[@USER,@CALL,@USER]",
        "messages                     | 'model':'m','messages':[@USER,@CALL]",
        "messages[0].tool_calls[0].id |"
            + " 'model':'m','messages':[{'role':'assistant','tool_calls':[{'type':'function','function':{'name':'f','arguments':''}}]}]",
        "tools                        | 'model':'m','messages':[@USER],'tools':[]",
        "tools[0].type                |"
            + " 'model':'m','messages':[@USER],'tools':[{'type':'web_search'}]",
        "tools[0].function.name       |"
            + " 'model':'m','messages':[@USER],'tools':[{'type':'function','function':{'name':'a"
            + " b'}}]",
        "tools[1]                     | 'model':'m','messages':[@USER],'tools':[@TOOL,@TOOL]",
        "tool_choice                  | 'model':'m','messages':[@USER],'tool_choice':'auto'",
        "tool_choice                  |"
            + " 'model':'m','messages':[@USER],'tools':[@TOOL],'tool_choice':{'type':'function','function':{'name':'g'}}",
        "max_tokens                   | 'model':'m','messages':[@USER],'max_tokens':0",
        "max_tokens                   |"
            + " 'model':'m','messages':[@USER],'max_tokens':1,'max_completion_tokens':1",
        "stream_options               | 'model':'m','messages':[@USER],'stream_options':{}",
        "stream                       | 'model':'m','messages':[@USER],'stream':'yes'",
        "n                            | 'model':'m','messages':[@USER],'n':2",
        "temperature                  | 'model':'m','messages':[@USER],'temperature':3",
        "stop                         |"
            + " 'model':'m','messages':[@USER],'stop':['1','2','3','4','5']",
        "response_format.json_schema.name |"
            + " 'model':'m','messages':[@USER],'response_format':{'type':'json_schema','json_schema':{}}",
        "top_logprobs                 | 'model':'m','messages':[@USER],'top_logprobs':1",
        "invented                     | 'model':'m','messages':[@USER],'invented':1",
      })
  void namesTheFieldThatIsWrong(String param, String fields) {
    assertThatExceptionOfType(Illegal.class)
        .isThrownBy(() -> check(fields))
        .satisfies(illegal -> assertThat(illegal.param()).isEqualTo(param));
  }

  @Test
  void toleratesUnknownFieldsWhenToldTo() throws IOException {
    ChatRules.check(body("'model':'m','messages':[" + USER + "],'invented':1"), true);
  }

  private static void check(String fields) throws IOException {
    ChatRules.check(body(fields), false);
  }

  private static JsonValue.Obj body(String fields) throws IOException {
    String text =
        fields
            .replace("@USER", USER)
            .replace("@CALL", CALL)
            .replace("@RESULT", RESULT)
            .replace("@TOOL", TOOL)
            .replace('\'', '"');
    return (JsonValue.Obj) JsonText.parse(("{" + text + "}").getBytes(StandardCharsets.UTF_8));
  }
}
