using Laurel.Standalone.Commands;

namespace Laurel.Journeys.Tests.Commands;

public sealed class ImportMistakeJourneys : IAsyncLifetime
{
    private ImportServer _server = null!;
    private string _file = "";

    public async ValueTask InitializeAsync()
    {
        _server = await ImportServer.StartAsync();
        _file = _server.Write("a.csv", "user,score\nann,1\n");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("This is a key of kind 'embed', which may not import.", "--key", "lrl_embed_x_y", "--board", "a/b")]
    [InlineData("A board is needed: --board TENANT/BOARD.", "--key", "lrl_tenant_x_y")]
    [InlineData("--board is 'a': it must be TENANT/BOARD", "--key", "lrl_tenant_x_y", "--board", "a")]
    [InlineData("--url is 'here': it must be an address", "--key", "lrl_game_x_y", "--url", "here")]
    [InlineData("--map has 'who': the fields are user, score", "--key", "lrl_game_x_y", "--map", "who=me")]
    [InlineData("--batch is 0: it must be a number from 1 to 1000.", "--key", "lrl_game_x_y", "--batch", "0")]
    [InlineData("--register needs a tenant key", "--key", "lrl_game_x_y", "--register")]
    [InlineData("--score is 'one': it must be a number.", "--key", "lrl_game_x_y", "--score", "one")]
    public async Task A_wrong_command_line_is_answered_with_what_would_be_right(string expected, params string[] options) =>
        Assert.Contains(expected, (await Import.ExpectAsync(ImportExit.Stopped, [_file, .. options])).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_file_is_said_to_be_missing()
    {
        var result = await Import.ExpectAsync(ImportExit.Stopped, _file + ".gz", "--key", "lrl_game_x_y");
        Assert.Equal($"There is no file {_file}.gz.\n", result.Errors);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_waited_for()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        var result = await Import.ExpectAsync(ImportExit.Stopped, _file, "--key", "lrl_game_x_y", "--url", address);
        Assert.StartsWith($"There is no server at {address}/: ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_boards_that_the_server_does_not_take_are_explained()
    {
        var unknown = $"lrl_tenant_{new string('a', 20)}_{new string('b', 43)}";
        Assert.Contains("The server does not accept the key.", await ErrorsAsync(unknown, "acme/none"), StringComparison.Ordinal);
        var reading = await _server.CreateTenantKeyAsync("\"leaderboards:read\"");
        Assert.Contains("It must be a tenant key of acme with the scope scores:write", await ErrorsAsync(reading, "acme/none"), StringComparison.Ordinal);
        var writing = await _server.CreateTenantKeyAsync("\"scores:write\"");
        Assert.Contains("The server says: Leaderboard 'none'", await ErrorsAsync(writing, "acme/none"), StringComparison.Ordinal);
        Assert.Contains("with the scope players:write", await ErrorsAsync(writing, "acme/none", "--register"), StringComparison.Ordinal);
    }

    private async Task<string> ErrorsAsync(string key, string board, params string[] options) =>
        (await Import.ExpectAsync(ImportExit.Stopped, [_file, "--key", key, "--board", board, "--url", _server.Address, .. options])).Errors;
}
