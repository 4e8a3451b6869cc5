using System.Security.Cryptography;
using System.Text;

namespace Laurel.ApiFrontend.Tests;

public sealed class ApiKeyTextTests
{
    private const string Id = "0123456789abcdef";
    private const string Secret = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    [Theory]
    [InlineData(KeyKinds.Admin, "lrl_admin_")]
    [InlineData(KeyKinds.Tenant, "lrl_tenant_")]
    [InlineData(KeyKinds.Game, "lrl_game_")]
    [InlineData(KeyKinds.Board, "lrl_board_")]
    [InlineData(KeyKinds.Client, "lrl_client_")]
    [InlineData(KeyKinds.Embed, "lrl_embed_")]
    public void A_generated_key_is_read_back(KeyKinds kind, string prefix)
    {
        var key = ApiKeyText.Generate(kind);

        Assert.StartsWith(prefix + key.KeyId + "_", key.Text, StringComparison.Ordinal);
        Assert.True(ApiKeyText.TryParse(key.Text, out var parsedKind, out var id));
        Assert.Equal(kind, parsedKind);
        Assert.Equal(key.KeyId, id.ToString());
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(key.Text)), key.Hash);
        Assert.DoesNotContain(key.Text.Split('_')[3], key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_generated_keys_are_alike() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(static _ => ApiKeyText.Generate(KeyKinds.Game).KeyId).Distinct().Count());

    [Theory]
    [InlineData($"lrl_game_{Id}_{Secret}", true)]
    [InlineData("", false)]
    [InlineData("lrl", false)]
    [InlineData("lrl_", false)]
    [InlineData("lrl_game", false)]
    [InlineData($"lrl_game_{Id}", false)]
    [InlineData($"lrl_game_{Id}_", false)]
    [InlineData($"LRL_game_{Id}_{Secret}", false)]
    [InlineData($"lrl_Game_{Id}_{Secret}", false)]
    [InlineData($"lrl_none_{Id}_{Secret}", false)]
    [InlineData($"lrl__{Id}_{Secret}", false)]
    [InlineData($"lrl_game__{Secret}", false)]
    [InlineData($"lrl_game_0123456789abcde_{Secret}", false)]
    [InlineData($"lrl_game_{Id}_ABCDEFGHIJKLMNOPQRSTUVWXYZ01234", false)]
    [InlineData($"lrl_game_{Id}_{Secret}_more", false)]
    [InlineData($"lrl_game_{Id}_{Secret} ", false)]
    [InlineData($" lrl_game_{Id}_{Secret}", false)]
    [InlineData($"lrl_game_0123456789abcde/_{Secret}", false)]
    [InlineData($"lrl_game_0123456789abcdé0_{Secret}", false)]
    [InlineData($"lrl_game_{Id}_ABCDEFGHIJKLMNOPQRSTUVWXYZ01234-", false)]
    public void Only_the_exact_form_is_a_key(string text, bool isKey) => Assert.Equal(isKey, ApiKeyText.TryParse(text, out _, out _));

    [Fact]
    public void An_endless_text_is_no_key() =>
        Assert.False(ApiKeyText.TryParse($"lrl_game_{Id}_{new string('x', 100_000)}", out _, out _));
}
